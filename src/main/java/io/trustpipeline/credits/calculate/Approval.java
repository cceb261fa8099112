package io.trustpipeline.credits.calculate;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * When a person has to agree before an amount is told.
 *
 * @param limit larger amounts are held
 */
public record Approval(BigDecimal limit) {

    /** Why the amount is held, each in a line; empty when it may be told. */
    public List<String> holds(BigDecimal amount, BigDecimal fraudTotal, boolean clamped) {
        List<String> reasons = new ArrayList<>();
        if (amount.compareTo(limit) > 0) {
            reasons.add("the amount is above the limit of $" + limit.toPlainString());
        }
        if (amount.compareTo(fraudTotal) > 0) {
            reasons.add("the amount is above what the fraud cost");
        }
        if (amount.signum() < 0) {
            reasons.add("the amount is below 0");
        }
        if (clamped) {
            reasons.add("a mode blocked more than is expected of it and counts as nothing");
        }
        return reasons;
    }
}
