package io.trustpipeline.credits.calculate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * What one mode contributes. Money in dollars and cents, shares with three decimals.
 *
 * @param blockRate null when it is not known, or nothing came by
 * @param clamped whether more was blocked than was expected, which counts as nothing
 */
public record ModeCredit(
        @JsonProperty("mode") String mode,
        @JsonProperty("traffic_prop") BigDecimal trafficShare,
        @JsonProperty("msg_count") long messages,
        @JsonProperty("fraud_cost") BigDecimal fraudCost,

        @JsonProperty("block_rate") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable
        BigDecimal blockRate,

        @JsonProperty("credit") BigDecimal credit,
        @JsonProperty("clamped") boolean clamped) {}
