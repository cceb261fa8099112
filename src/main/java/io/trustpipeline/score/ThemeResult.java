package io.trustpipeline.score;

import java.util.List;

/** What a model made of a text. */
sealed interface ThemeResult {
    record Found(List<ThemeSpan> spans) implements ThemeResult {}

    /** Only this text: the model scores others. */
    record Failed(String reason) implements ThemeResult {}
}
