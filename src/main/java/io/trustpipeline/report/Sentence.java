package io.trustpipeline.report;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * The part of a comment that a person needs to judge a span. Positions are code points.
 *
 * @param from where it begins in the comment
 */
public record Sentence(String text, int from) {
    /** What is kept of a very long sentence on either side of the span. */
    private static final int AROUND = 160;
    /** What is kept of a very long span. */
    private static final int LONGEST_SPAN = 400;

    /** The sentences from that in which a span begins to that in which it ends, cut at words if they are very long. */
    static Sentence around(String comment, int startChar, int endChar) {
        int length = comment.codePointCount(0, comment.length());
        int last = Math.min(length, Math.min(endChar, startChar + LONGEST_SPAN));
        int start = comment.offsetByCodePoints(0, Math.min(startChar, length));
        int end = comment.offsetByCodePoints(0, Math.max(last, Math.min(startChar, length)));
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        sentences.setText(comment);
        int from = start == 0 || start >= comment.length() ? 0 : sentences.preceding(start + 1);
        int to = end == 0 || end >= comment.length() ? comment.length() : sentences.following(end - 1);
        from = Math.max(Math.max(from, 0), wordAtOrAfter(comment, start - AROUND, start));
        to = Math.min(to, wordAtOrBefore(comment, end + AROUND, end));
        return new Sentence(comment.substring(from, to), comment.codePointCount(0, from));
    }

    private static int wordAtOrAfter(String comment, int wanted, int latest) {
        if (wanted <= 0) {
            return 0;
        }
        for (int i = wanted; i < latest; i++) {
            if (Character.isWhitespace(comment.charAt(i))) {
                return i + 1;
            }
        }
        return latest;
    }

    private static int wordAtOrBefore(String comment, int wanted, int earliest) {
        if (wanted >= comment.length()) {
            return comment.length();
        }
        for (int i = wanted; i > earliest; i--) {
            if (Character.isWhitespace(comment.charAt(i))) {
                return i;
            }
        }
        return earliest;
    }

    /** Where it ends in the comment. */
    public int to() {
        return from + length();
    }

    int length() {
        return text.codePointCount(0, text.length());
    }
}
