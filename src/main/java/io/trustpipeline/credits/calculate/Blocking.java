package io.trustpipeline.credits.calculate;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * What FraudGuard did in one mode.
 *
 * @param count events it looked at
 * @param blockRate share of them that it blocked, 0 to 1; null when that is not known
 */
public record Blocking(
        @JsonProperty(value = "protection_mode", required = true)
        String protectionMode,

        @JsonProperty(value = "count", required = true) long count,
        @JsonProperty("block_rate") @Nullable BigDecimal blockRate) {
    public Blocking {
        if (count < 0) {
            throw new IllegalArgumentException("count: " + count + "; right is 0 or more");
        }
        if (blockRate != null && (blockRate.signum() < 0 || blockRate.compareTo(BigDecimal.ONE) > 0)) {
            throw new IllegalArgumentException("block_rate: " + blockRate + "; right is a number from 0 to 1");
        }
    }
}
