package io.trustpipeline.score;

import org.jspecify.annotations.Nullable;

/**
 * A part of a comment that speaks of a theme. Ranges are half-open.
 *
 * @param label the model's own label of the span
 * @param text the comment between {@code startChar} and {@code endChar}
 * @param startChar in Unicode code points, as Python counts
 * @param endChar in Unicode code points, after the post-rules have trimmed the span
 * @param startToken in spaCy's tokens
 * @param endToken in spaCy's tokens, as the model gave it: trimming does not move it
 * @param relevant false when a post-rule has flagged the span
 * @param modelDigest {@link ModelDigest} of the model that gave the span
 * @param recommendation of the recommend model, if there is one and the span is relevant and not empty
 */
public record ThemeSpan(
        String theme,
        String label,
        String text,
        int startChar,
        int endChar,
        int startToken,
        int endToken,
        float score,
        boolean relevant,
        String modelDigest,
        @Nullable Recommendation recommendation) {

    /** Without a recommendation. */
    ThemeSpan(
            String theme,
            String label,
            String text,
            int startChar,
            int endChar,
            int startToken,
            int endToken,
            float score,
            boolean relevant,
            String modelDigest) {
        this(theme, label, text, startChar, endChar, startToken, endToken, score, relevant, modelDigest, null);
    }

    ThemeSpan irrelevant() {
        return withRelevance(false);
    }

    ThemeSpan withRelevance(boolean now) {
        return new ThemeSpan(theme, label, text, startChar, endChar, startToken, endToken, score, now, modelDigest);
    }

    ThemeSpan endingAt(int newEndChar, String newText) {
        return new ThemeSpan(
                theme, label, newText, startChar, newEndChar, startToken, endToken, score, relevant, modelDigest);
    }

    ThemeSpan recommending(Recommendation found) {
        return new ThemeSpan(
                theme, label, text, startChar, endChar, startToken, endToken, score, relevant, modelDigest, found);
    }
}
