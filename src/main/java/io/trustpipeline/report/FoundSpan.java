package io.trustpipeline.report;

import org.jspecify.annotations.Nullable;

/**
 * A scored row, as far as somebody looks at it.
 *
 * @param text the whole comment; null where it was not asked for
 * @param start in code points of the comment
 * @param end exclusive
 */
public record FoundSpan(
        String key,
        @Nullable String text,
        String theme,
        String label,
        float score,
        boolean relevant,
        int start,
        int end) {

    /** In its sentence, which needs the text. */
    public Sentence sentence() {
        return Sentence.around(text == null ? "" : text, start, end);
    }
}
