package io.trustpipeline.credits.warehouse;

import java.math.BigDecimal;

/** What messages through one provider brought in and cost, in dollars. */
public record Economics(String provider, BigDecimal revenue, BigDecimal cost) {}
