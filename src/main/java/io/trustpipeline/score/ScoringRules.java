package io.trustpipeline.score;

import org.jspecify.annotations.Nullable;

/**
 * What is done to the spans of every theme.
 *
 * @param exclusions texts of spans that are dropped
 * @param recommender digest of the recommend model; null without one
 */
record ScoringRules(
        ScoringMode mode,
        ExclusionList exclusions,
        @Nullable String recommender) {

    /** Without a recommend model. */
    static ScoringRules of(ScoringMode mode, ExclusionList exclusions) {
        return new ScoringRules(mode, exclusions, null);
    }
}
