package io.trustpipeline.spacy;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A spancat's settings.
 *
 * @param spansKey where in {@code doc.spans} the spans go
 * @param labels in the order of the scores
 * @param threshold least score of a span; null for none
 * @param maxPositive how many labels a candidate may get; null for all; 1 changes the procedure, not only the number
 * @param allowOverlap whether spans may share tokens; looked at when maxPositive is 1
 * @param negativeLabel whether the last score says that the candidate is no span
 */
public record SpanCategorizerSettings(
        String spansKey,
        List<String> labels,
        @Nullable Float threshold,
        @Nullable Integer maxPositive,
        boolean allowOverlap,
        boolean negativeLabel) {

    /** Copies the labels. */
    public SpanCategorizerSettings {
        labels = List.copyOf(labels);
    }

    /** Scores of a candidate. */
    public int outputs() {
        return labels.size() + (negativeLabel ? 1 : 0);
    }

    /** The threshold as a number that every score without one reaches. */
    public float leastScore() {
        return threshold == null ? Float.NEGATIVE_INFINITY : threshold;
    }

    /** The same with this share of the threshold, if there is one. */
    public SpanCategorizerSettings withShareOfThreshold(float share) {
        return threshold == null || share == 1 ? this : withThreshold(share * threshold);
    }

    /** The same with another threshold. */
    public SpanCategorizerSettings withThreshold(float other) {
        return new SpanCategorizerSettings(spansKey, labels, other, maxPositive, allowOverlap, negativeLabel);
    }
}
