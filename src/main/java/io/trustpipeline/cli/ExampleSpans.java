package io.trustpipeline.cli;

import io.trustpipeline.table.DuckDb;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A few scored spans, each in the sentence it was found in, for somebody who wants to see what came out. */
final class ExampleSpans {
    private static final int LONGEST_SENTENCE = 160;

    private ExampleSpans() {}

    /** At most {@code count} relevant spans, the best of every theme first. */
    static List<String> of(List<Path> scored, int count, DuckDb.Limits limits) throws SQLException {
        String files = scored.stream().map(DuckDb::file).collect(Collectors.joining(", ", "[", "]"));
        List<String> lines = new ArrayList<>();
        try (DuckDb database = DuckDb.inMemory(limits);
                Statement statement = database.connection().createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT theme, label, score, cleaned_comment, theme_start_char, theme_end_char,
                          row_number() OVER (PARTITION BY theme ORDER BY score DESC, comment_unique_key) AS place
                        FROM (
                          SELECT *, row_number() OVER (
                            PARTITION BY theme, lower(theme_text) ORDER BY score DESC, comment_unique_key) AS same
                          FROM read_parquet(%s, hive_partitioning = false)
                          WHERE relevant = 1 AND theme_end_char - theme_start_char >= 12)
                        WHERE same = 1
                        ORDER BY place, theme LIMIT %d
                        """.formatted(files, count))) {
            while (rows.next()) {
                lines.add("%-24s %-16s %.3f  %s"
                        .formatted(
                                rows.getString(1),
                                rows.getString(2),
                                rows.getFloat(3),
                                inSentence(rows.getString(4), rows.getInt(5), rows.getInt(6))));
            }
        }
        return lines;
    }

    /** The sentence around a span, the span in brackets, on one line. Offsets are code points. */
    static String inSentence(String text, int startChar, int endChar) {
        int start = text.offsetByCodePoints(0, startChar);
        int end = text.offsetByCodePoints(start, endChar - startChar);
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        sentences.setText(text);
        int from = start == 0 ? 0 : sentences.preceding(start + 1);
        int to = end >= text.length() ? text.length() : sentences.following(end - 1);
        int room = Math.max(0, LONGEST_SENTENCE - (end - start)) / 2;
        String before = shortened(text.substring(Math.max(0, from), start), room, true);
        String after = shortened(text.substring(end, to), room, false);
        return (before + "[" + text.substring(start, end) + "]" + after)
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String shortened(String text, int room, boolean keepEnd) {
        if (text.length() <= room) {
            return text;
        }
        return keepEnd ? "… " + text.substring(text.length() - room) : text.substring(0, room) + " …";
    }
}
