package io.trustpipeline.report;

import io.trustpipeline.run.Workspace;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Questions to scored objects, asked of DuckDB, which streams what it reads. Every answer is in an order that the rows
 * alone decide. Belongs to one thread.
 */
public final class SpanTable {
    private static final int TIMEOUT_SECONDS = 120;
    private static final String ROWS =
            "SELECT CAST(comment_unique_key AS VARCHAR) AS key, cleaned_comment AS text, theme,"
                    + " label, score, relevant, theme_text, CAST(theme_start_char AS INTEGER) AS start_char,"
                    + " CAST(theme_end_char AS INTEGER) AS end_char FROM ";

    private final Connection connection;
    private final String spans;

    /** @param scored scored objects as local files; at least one */
    public SpanTable(Connection connection, List<Path> scored) {
        this.connection = connection;
        this.spans = "(" + ROWS + Workspace.table(scored) + ")";
    }

    /**
     * The texts of some comments, by key.
     *
     * @param files in which each of them has a row, of whatever columns besides
     */
    public static Map<String, String> comments(Connection connection, List<Path> files, List<String> keys)
            throws SQLException {
        if (keys.isEmpty()) {
            return Map.of();
        }
        Map<String, String> texts = new HashMap<>();
        String sql = files.stream()
                .map(file -> "SELECT CAST(comment_unique_key AS VARCHAR) AS key, cleaned_comment FROM "
                        + Workspace.table(List.of(file)))
                .collect(Collectors.joining(" UNION ALL ", "SELECT DISTINCT * FROM (", ")"));
        ask(
                connection,
                sql + " WHERE key IN (" + places(keys) + ")",
                keys,
                row -> texts.put(row.getString(1), row.getString(2)));
        return texts;
    }

    private static String places(Collection<String> values) {
        return String.join(", ", values.stream().map(value -> "?").toList());
    }

    /** How often a theme's label was found. */
    record Count(String theme, String label, long spans, long relevant) {}

    List<Count> counts() throws SQLException {
        return ask(
                "SELECT theme, label, count(*), count(*) FILTER (relevant = 1) FROM " + spans
                        + " GROUP BY ALL ORDER BY theme, label",
                List.of(),
                row -> new Count(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4)));
    }

    /** How many of a theme's spans have a score in one of equally wide classes of 0 to 1. */
    record ScoreClass(String theme, int number, long spans) {}

    List<ScoreClass> scores(int classes) throws SQLException {
        return ask(
                "SELECT theme, greatest(0, least(%1$d, CAST(floor(CAST(score AS DOUBLE) * %2$d) AS INTEGER))) AS number, count(*)"
                                .formatted(classes - 1, classes)
                        + " FROM " + spans + " GROUP BY ALL ORDER BY ALL",
                List.of(),
                row -> new ScoreClass(row.getString(1), row.getInt(2), row.getLong(3)));
    }

    /**
     * The relevant spans of a theme whose scores are nearest above their thresholds, without the comments' texts; of the
     * same words with the same score, which stand in the same surroundings, the first: many comments share sentences.
     *
     * @param thresholds by label, and by {@code *}; null: the lowest scores
     */
    List<FoundSpan> nearest(String theme, @Nullable Map<String, Float> thresholds, int count) throws SQLException {
        return ask(
                "SELECT place.k, NULL, theme, label, score, 1, place.s, place.e FROM (SELECT theme, label, score,"
                        + " min(struct_pack(k := key, s := start_char, e := end_char)) AS place FROM " + spans
                        + " WHERE theme = ? AND relevant = 1 AND end_char > start_char"
                        + " GROUP BY theme, label, score, lower(theme_text))"
                        + " ORDER BY CAST(score AS DOUBLE) - " + threshold(thresholds) + ", place, label LIMIT "
                        + count,
                List.of(theme),
                SpanTable::span);
    }

    private static String threshold(@Nullable Map<String, Float> thresholds) {
        if (thresholds == null) {
            return "0";
        }
        StringBuilder sql = new StringBuilder("CASE");
        thresholds.forEach((label, threshold) -> sql.append(
                        label.equals("*") ? " WHEN false" : " WHEN label = " + DuckDb.literal(label))
                .append(" THEN ")
                .append(number(threshold)));
        return sql.append(" ELSE ")
                .append(number(thresholds.getOrDefault("*", 0f)))
                .append(" END")
                .toString();
    }

    private static String number(float threshold) {
        return "CAST(CAST('" + threshold + "' AS FLOAT) AS DOUBLE)";
    }

    /** The relevant spans of some comments, at most so many, with the comments' texts. */
    List<FoundSpan> of(Collection<String> keys, int most) throws SQLException {
        if (keys.isEmpty()) {
            return List.of();
        }
        return ask(
                "SELECT key, text, theme, label, score, relevant, start_char, end_char FROM " + spans
                        + " WHERE relevant = 1 AND end_char > start_char AND key IN (" + places(keys)
                        + ") ORDER BY key, start_char, end_char DESC, theme, label LIMIT " + most,
                List.copyOf(keys),
                SpanTable::span);
    }

    /**
     * Spans in the order of comments, with their texts.
     *
     * @param theme null for every theme
     * @param key null for every comment
     */
    public List<FoundSpan> find(@Nullable String theme, @Nullable String key, int most) throws SQLException {
        List<String> values = new ArrayList<>();
        StringBuilder where = new StringBuilder(" WHERE true");
        if (theme != null) {
            where.append(" AND theme = ?");
            values.add(theme);
        }
        if (key != null) {
            where.append(" AND key = ?");
            values.add(key);
        }
        return ask(
                "SELECT key, text, theme, label, score, relevant, start_char, end_char FROM " + spans + where
                        + " ORDER BY key, start_char, end_char DESC, theme, label LIMIT " + most,
                values,
                SpanTable::span);
    }

    private static FoundSpan span(ResultSet row) throws SQLException {
        return new FoundSpan(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getFloat(5),
                row.getInt(6) == 1,
                row.getInt(7),
                row.getInt(8));
    }

    /** Makes something of one row. */
    @FunctionalInterface
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> ask(String sql, List<String> values, Reader<T> reader) throws SQLException {
        return ask(connection, sql, values, reader);
    }

    static <T> List<T> ask(Connection connection, String sql, List<String> values, Reader<T> reader)
            throws SQLException {
        List<T> answers = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(TIMEOUT_SECONDS);
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(reader.read(rows));
                }
            }
        }
        return answers;
    }
}
