package io.trustpipeline.features;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is known of a customer on a day, and from which columns. Immutable.
 *
 * @param digest SHA-256 of the YAML; a run keeps to the definitions it began with
 * @param customer the column that names the customer
 * @param time the column that says when a row happened, a timestamp without zone
 */
public record Definitions(
        String name, String digest, String customer, String time, List<RowCheck> checks, List<Feature> features) {

    /** The only columns that are read. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>(List.of(customer, time));
        checks.forEach(check -> columns.add(check.expected().column()));
        for (Feature feature : features) {
            if (feature.column() != null) {
                columns.add(feature.column());
            }
            if (feature.filter() != null) {
                columns.add(feature.filter().column());
            }
        }
        return columns;
    }

    /** How many days the longest window takes. */
    int days() {
        return features.stream()
                .mapToInt(feature -> feature.window().days())
                .max()
                .orElseThrow();
    }
}
