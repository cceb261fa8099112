package io.trustpipeline.credits.calculate;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.math.BigDecimal;

/** How FraudGuard was set on the traffic: shares of all events, with three decimals. */
public record FraudGuardShares(
        @JsonProperty("percent_scanned") BigDecimal scanned,
        @JsonProperty("percent_enabled") BigDecimal enabled,
        @JsonProperty("country_disabled") BigDecimal countryDisabled,
        @JsonProperty("risk_check_disabled") BigDecimal riskCheckDisabled) {}
