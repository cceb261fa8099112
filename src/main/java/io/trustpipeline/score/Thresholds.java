package io.trustpipeline.score;

import io.trustpipeline.run.Plan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * From which score on a span of a theme counts, by the span's label. Compared in single precision, as spaCy compares.
 *
 * @param others for every label that {@code byLabel} does not name
 */
public record Thresholds(float others, SortedMap<String, Float> byLabel) {
    /** What holds where thresholds.json is silent. */
    public static final Thresholds DEFAULT = new Thresholds(0.5f, new TreeMap<>());

    public Thresholds {
        byLabel = Collections.unmodifiableSortedMap(new TreeMap<>(byLabel));
    }

    public Thresholds(float others, Map<String, Float> byLabel) {
        this(others, new TreeMap<>(byLabel));
    }

    public float of(String label) {
        return byLabel.getOrDefault(label, others);
    }

    public boolean accept(String label, float score) {
        return score >= of(label);
    }

    /** By label, as a run's plan has them. */
    public Map<String, Float> forPlan() {
        Map<String, Float> thresholds = new TreeMap<>(byLabel);
        thresholds.put(Plan.Theme.OTHERS, others);
        return thresholds;
    }

    /** The smallest threshold of any label. */
    public float lowest() {
        return byLabel.values().stream()
                .min(Float::compare)
                .map(low -> Math.min(low, others))
                .orElse(others);
    }
}
