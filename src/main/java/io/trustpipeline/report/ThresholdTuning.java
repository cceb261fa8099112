package io.trustpipeline.report;

import io.trustpipeline.run.Workspace;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Precision, recall and F1 of a run's spans by threshold, measured against spans that people marked. A span is right when
 * people marked exactly the same characters for the same theme; comments that nobody looked at do not count. Every span
 * counts, also one that a post-rule flagged: the model is judged, not the rules.
 *
 * @see <a href="https://spacy.io/api/scorer#score_spans">spaCy's score_spans</a>, which counts the same way
 */
public final class ThresholdTuning {
    /** What a file of marked spans has. */
    public static final List<String> GOLD_COLUMNS =
            List.of("comment_unique_key", "theme", "theme_start_char", "theme_end_char");

    private static final int STEPS = 20;

    private final Connection connection;

    /**
     * @param scored the run's scored objects as local files; at least one
     * @param gold a Parquet file with comment_unique_key, theme, theme_start_char, theme_end_char: a row a marked span; a
     *     row without a theme says that somebody looked at the comment
     */
    public ThresholdTuning(Connection connection, List<Path> scored, Path gold) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE gold AS SELECT DISTINCT CAST(comment_unique_key AS VARCHAR) AS key,"
                    + " nullif(CAST(theme AS VARCHAR), '') AS theme, " + place("theme_start_char") + " AS s, "
                    + place("theme_end_char") + " AS e FROM " + Workspace.table(List.of(gold)));
            statement.execute("CREATE TEMP TABLE found AS SELECT CAST(comment_unique_key AS VARCHAR) AS key, theme,"
                    + " theme_start_char AS s, theme_end_char AS e, max(score) AS score FROM " + Workspace.table(scored)
                    + " WHERE CAST(comment_unique_key AS VARCHAR) IN (SELECT key FROM gold) GROUP BY ALL");
        }
    }

    /** As a number, whatever the file's format made of it. */
    private static String place(String column) {
        return "CAST(CAST(nullif(CAST(" + column + " AS VARCHAR), '') AS DOUBLE) AS BIGINT)";
    }

    /**
     * How good a threshold is.
     *
     * @param spans at or above the threshold
     * @param right of these
     * @param marked by people
     */
    public record Point(float threshold, long spans, long right, long marked) {
        public double precision() {
            return spans == 0 ? 0 : (double) right / spans;
        }

        public double recall() {
            return marked == 0 ? 0 : (double) right / marked;
        }

        public double f1() {
            return spans + marked == 0 ? 0 : 2.0 * right / (spans + marked);
        }
    }

    /** A span of a comment that people looked at. */
    private record Judged(String theme, float score, boolean right) {}

    /** For each theme that people marked, every twentieth from the lowest score that the run kept. */
    public Map<String, List<Point>> byTheme() throws SQLException {
        Map<String, Long> marked = new TreeMap<>();
        SpanTable.ask(
                        connection,
                        "SELECT theme, count(*) FROM gold WHERE theme IS NOT NULL GROUP BY theme ORDER BY theme",
                        List.of(),
                        row -> Map.entry(row.getString(1), row.getLong(2)))
                .forEach(each -> marked.put(each.getKey(), each.getValue()));
        List<Judged> judged = SpanTable.ask(
                connection,
                "SELECT found.theme, score, gold.key IS NOT NULL FROM found LEFT JOIN gold USING (key, theme, s, e)",
                List.of(),
                row -> new Judged(row.getString(1), row.getFloat(2), row.getBoolean(3)));
        Map<String, List<Point>> points = new LinkedHashMap<>();
        marked.forEach((theme, count) -> points.put(
                theme,
                points(
                        judged.stream()
                                .filter(each -> each.theme().equals(theme))
                                .toList(),
                        count)));
        return points;
    }

    private static List<Point> points(List<Judged> judged, long marked) {
        float lowest = 1;
        for (Judged each : judged) {
            lowest = Math.min(lowest, each.score());
        }
        List<Point> points = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            float threshold = (float) step / STEPS;
            if (threshold + 1f / STEPS > lowest) {
                long spans = judged.stream()
                        .filter(each -> each.score() >= threshold)
                        .count();
                long right = judged.stream()
                        .filter(each -> each.score() >= threshold && each.right())
                        .count();
                points.add(new Point(threshold, spans, right, marked));
            }
        }
        return points;
    }
}
