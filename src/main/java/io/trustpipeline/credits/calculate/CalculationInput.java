package io.trustpipeline.credits.calculate;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.math.BigDecimal;
import java.util.List;

/**
 * All that an amount depends on.
 *
 * @param fraudTotal what the fraud cost, in dollars; 0 or more
 */
public record CalculationInput(
        @JsonProperty(value = "fraud_total", required = true)
        BigDecimal fraudTotal,

        @JsonProperty(value = "events", required = true) List<FraudEvents> events,
        @JsonProperty(value = "blocking", required = true) List<Blocking> blocking) {
    public CalculationInput {
        if (fraudTotal.signum() < 0) {
            throw new IllegalArgumentException("fraud_total: " + fraudTotal + "; right is 0 or more");
        }
        events = List.copyOf(events);
        blocking = List.copyOf(blocking);
    }
}
