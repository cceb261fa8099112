package io.trustpipeline.cli;

import io.trustpipeline.report.FoundSpan;
import io.trustpipeline.report.Sentence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Spans as lines of a terminal: a comment's key once, then each of its spans in its sentence. Comments come from outside:
 * what a terminal would take for a command is shown as a space.
 */
final class SpanLines {
    private static final String BRIGHT = "\u001b[1;36m";
    private static final String FAINT = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colours;
    private String lastKey = "";

    /** @param colours whether a terminal shows them; else a span stands in brackets */
    SpanLines(boolean colours) {
        this.colours = colours;
    }

    List<String> of(FoundSpan span) {
        List<String> lines = new ArrayList<>();
        if (!span.key().equals(lastKey)) {
            lastKey = span.key();
            lines.add("comment " + plain(span.key()));
        }
        String flagged = span.relevant() ? "" : "  (not relevant)";
        lines.add(String.format(
                Locale.ROOT,
                "  %-24s %-16s %.3f  %s%s",
                plain(span.theme()),
                plain(span.label()),
                span.score(),
                sentence(span),
                colours ? FAINT + flagged + PLAIN : flagged));
        return lines;
    }

    private String sentence(FoundSpan span) {
        Sentence sentence = span.sentence();
        String text = sentence.text();
        int length = text.codePointCount(0, text.length());
        int start = text.offsetByCodePoints(0, Math.max(0, Math.min(length, span.start() - sentence.from())));
        int end = text.offsetByCodePoints(0, Math.max(0, Math.min(length, span.end() - sentence.from())));
        return (plain(text.substring(0, start))
                        + (colours ? BRIGHT : "[")
                        + plain(text.substring(start, Math.max(start, end)))
                        + (colours ? PLAIN : "]")
                        + plain(text.substring(Math.max(start, end))))
                .strip();
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s\\p{Cc}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]+", " ");
    }
}
