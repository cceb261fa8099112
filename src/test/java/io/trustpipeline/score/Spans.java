package io.trustpipeline.score;

/** Spans of given texts, for tests in which nothing else of a span matters. */
final class Spans {
    private Spans() {}

    /** The part of the comment between two code points. */
    static ThemeSpan at(String theme, String comment, int start, int end) {
        String text = new CodePoints(comment).slice(start, end);
        return new ThemeSpan(theme, "LABEL", text, start, end, 0, 1, 0.9f, true, "digest");
    }

    /** The first place where the comment says this. */
    static ThemeSpan of(String comment, String part) {
        int start = comment.codePointCount(0, comment.indexOf(part));
        return at("Kindness", comment, start, start + part.codePointCount(0, part.length()));
    }
}
