package io.trustpipeline.credits.calculate;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.math.BigDecimal;
import java.util.List;

/**
 * A recommended amount, and how it comes about.
 *
 * @param amount in dollars and cents; 0 to {@code fraudTotal} by our choices
 * @param originalAmount by the first notebook's choices, which may be below 0
 */
public record Credit(
        @JsonProperty("credit_amount") BigDecimal amount,
        @JsonProperty("fraud_total") BigDecimal fraudTotal,
        @JsonProperty("choices") Choices choices,
        @JsonProperty("original_credit_amount") BigDecimal originalAmount,
        @JsonProperty("difference") BigDecimal difference,
        @JsonProperty("summary") FraudGuardShares shares,
        @JsonProperty("output_df") List<ModeCredit> modes) {
    public Credit {
        modes = List.copyOf(modes);
    }

    public boolean hasClampedModes() {
        return modes.stream().anyMatch(ModeCredit::clamped);
    }
}
