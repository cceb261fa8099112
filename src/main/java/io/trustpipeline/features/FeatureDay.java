package io.trustpipeline.features;

import java.time.LocalDate;

/**
 * How far a day of a dataset has come.
 *
 * @param dataset as in {@link Dataset#size}
 */
public record FeatureDay(String dataset, LocalDate date, LedgerEntry entry) {}
