package io.trustpipeline.score;

/** What happens to the spans that a model gives. */
public enum ScoringMode {
    /** Thresholds, exclusions and post-rules apply. The default. */
    RULES,
    /** Exactly spaCy's spans: the model's own threshold, nothing else. */
    RAW,
    /** Every candidate of the model with every label, whatever its score. */
    ALL_CANDIDATES
}
