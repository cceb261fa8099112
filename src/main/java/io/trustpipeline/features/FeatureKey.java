package io.trustpipeline.features;

import java.time.LocalDate;

/**
 * Where an item stands: by customer, then by day. Trials have days of their own, so that the latest day of a customer is
 * never a trial's.
 */
public record FeatureKey(String customerId, LocalDate date, Dataset dataset) {
    /** The sort key: {@code 2026-02-04}, or {@code small_500#2026-02-04} of a trial. */
    String sort() {
        return sort(dataset, date.toString());
    }

    static String sort(Dataset dataset, String date) {
        return dataset == Dataset.FULL ? date : dataset.size() + "#" + date;
    }

    static FeatureKey of(String customerId, String sort) {
        int mark = sort.indexOf('#');
        LocalDate date = LocalDate.parse(sort.substring(mark + 1));
        for (Dataset dataset : Dataset.values()) {
            if (dataset != Dataset.FULL && sort.substring(0, Math.max(mark, 0)).equals(dataset.size())) {
                return new FeatureKey(customerId, date, dataset);
            }
        }
        return new FeatureKey(customerId, date, Dataset.FULL);
    }
}
