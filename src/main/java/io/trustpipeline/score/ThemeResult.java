package io.trustpipeline.score;

import java.util.List;

/** What a model made of a text. */
sealed interface ThemeResult {
    /** @param near what lies a little below the thresholds */
    record Found(List<ThemeSpan> spans, List<NearMiss> near) implements ThemeResult {}

    /** Only this text: the model scores others. */
    record Failed(String reason) implements ThemeResult {}
}
