package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/**
 * What became of one link of a message.
 *
 * @param executionId whose result holds the amount; null unless it was computed
 * @param error null unless it failed
 */
public record LinkOutcome(
        @JsonProperty("link") int link,
        @JsonProperty("kind") Kind kind,
        @JsonProperty("execution_id") @Nullable String executionId,
        @JsonProperty("amount") @Nullable BigDecimal amount,
        @JsonProperty("fraud_total") @Nullable BigDecimal fraudTotal,
        @JsonProperty("clamped") boolean clamped,
        @JsonProperty("error") @Nullable String error) {

    /** How it ended. */
    public enum Kind {
        COMPUTED,
        OTHER_PRODUCT,
        /** Another time may help. */
        UNAVAILABLE,
        REFUSED
    }

    static LinkOutcome computed(int link, CreditResult result) {
        return new LinkOutcome(
                link,
                Kind.COMPUTED,
                result.executionId(),
                result.amount(),
                result.fraudTotal(),
                result.hasClampedModes(),
                null);
    }

    static LinkOutcome otherProduct(int link) {
        return new LinkOutcome(link, Kind.OTHER_PRODUCT, null, null, null, false, null);
    }

    static LinkOutcome failed(int link, Kind kind, String error) {
        return new LinkOutcome(link, kind, null, null, null, false, error);
    }

    boolean isSettled() {
        return kind == Kind.COMPUTED || kind == Kind.OTHER_PRODUCT;
    }
}
