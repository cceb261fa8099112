package io.trustpipeline.features;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * Which rows a computation sees.
 *
 * @param date the run date: the last day of every window
 * @param mode whether windows hold, or the whole input counts
 * @param limit the first rows only, by time and then by their place in the input; null for all
 */
public record Scope(LocalDate date, Mode mode, @Nullable Integer limit) {
    /** What the windows of features mean. */
    public enum Mode {
        /** Days of the clock that the rows carry, the run date the last. */
        DAY,
        /** Every row of the input, whatever its date, in every window: what daily jobs without a date filter did. */
        FILE
    }
}
