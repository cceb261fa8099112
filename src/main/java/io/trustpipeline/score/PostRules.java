package io.trustpipeline.score;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;

/**
 * What is done to the spans of one comment after scoring: spans with an emoji are flagged, trailing punctuation is
 * trimmed, and of two overlapping spans of a theme one is flagged. No span is ever removed.
 */
final class PostRules {
    /** Part of {@link RulesDigest}: raise it when a rule gives another result. */
    static final int VERSION = 1;

    private static final Logger LOG = LoggerFactory.getLogger(PostRules.class);
    private static final CodePointSet EMOJI = CodePointSet.read("emoji.txt");

    private PostRules() {}

    /** The spans in the same order, flagged and trimmed. They may be of several themes. */
    static List<ThemeSpan> apply(CodePoints comment, List<ThemeSpan> spans) {
        List<ThemeSpan> result = new ArrayList<>(spans.size());
        for (ThemeSpan span : spans) {
            result.add(alone(comment, span));
        }
        OverlapRule.flag(result);
        return result;
    }

    /** What the rules make of a span that no other overlaps. */
    static ThemeSpan alone(CodePoints comment, ThemeSpan span) {
        return trimmed(comment, hasEmoji(span.text()) ? span.irrelevant() : span);
    }

    /**
     * The same rules for other spans of a comment that were trimmed before: texts stay as they are, for trimming does not
     * look at other spans and takes no emoji away, and what is relevant is decided anew.
     */
    static List<ThemeSpan> again(List<ThemeSpan> spans) {
        List<ThemeSpan> result = new ArrayList<>(spans.size());
        for (ThemeSpan span : spans) {
            result.add(span.withRelevance(!hasEmoji(span.text())));
        }
        OverlapRule.flag(result);
        return result;
    }

    /** Looks at single code points: flags and keycaps, which are sequences, are not seen. */
    private static boolean hasEmoji(String text) {
        return text.codePoints().anyMatch(EMOJI::contains);
    }

    /** A span of nothing but punctuation becomes empty and stays relevant. */
    private static ThemeSpan trimmed(CodePoints comment, ThemeSpan span) {
        int start = span.startChar();
        int end = span.endChar();
        boolean inside = 0 <= start && start <= end && end <= comment.length();
        if (!inside || !span.text().equals(comment.slice(start, end))) {
            LOG.warn(
                    "theme \"{}\": a span at {}-{} is not that part of its comment; left as it is",
                    span.theme(),
                    start,
                    end);
            return span;
        }
        while (end > start && isTrimmed(comment.at(end - 1))) {
            end--;
        }
        if (end < comment.length() && isEmphasis(comment.at(end))) {
            end++;
        }
        return end == span.endChar() ? span : span.endingAt(end, comment.slice(start, end));
    }

    private static boolean isTrimmed(int codePoint) {
        return PythonText.isSpace(codePoint) || (PythonText.isPunctuation(codePoint) && !isEmphasis(codePoint));
    }

    private static boolean isEmphasis(int codePoint) {
        return codePoint == '!' || codePoint == '?';
    }
}
