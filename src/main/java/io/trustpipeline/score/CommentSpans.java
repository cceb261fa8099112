package io.trustpipeline.score;

import io.trustpipeline.run.NearObjects;
import io.trustpipeline.table.DuckDb;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a run knows of a theme in a comment.
 *
 * @param candidates in the model's order
 */
record CommentSpans(String key, List<Candidate> candidates) {

    /**
     * A span with its score.
     *
     * @param kept whether the run kept it; else it kept it aside
     */
    record Candidate(ThemeSpan span, boolean kept) {}

    private static final String COLUMNS = " AS kept, file_row_number AS number, CAST(comment_unique_key AS VARCHAR)"
            + " AS key, label, theme_text, theme_start_char, theme_end_char, theme_start_token, theme_end_token, score,"
            + " relevant, model_digest FROM read_parquet(%s, hive_partitioning = false, file_row_number = true)"
            + " WHERE theme = ?";
    private static final String KEPT = "SELECT file_row_number AS place, true" + COLUMNS;
    private static final String ASIDE = "SELECT " + NearRows.BEFORE + " AS place, false" + COLUMNS;

    /** Reads a shard's comments that have a span of the theme, in its order; DuckDB holds and spills what it sorts. */
    static void read(Connection connection, NearObjects.Shard shard, String theme, Consumer<CommentSpans> consumer)
            throws SQLException {
        String sql = KEPT.formatted(DuckDb.file(shard.scored()));
        if (shard.near() != null) {
            sql += " UNION ALL " + ASIDE.formatted(DuckDb.file(shard.near()));
        }
        // A span that was kept aside stands before the kept one that it names.
        try (PreparedStatement statement = connection.prepareStatement(sql + " ORDER BY place, kept, number")) {
            statement.setString(1, theme);
            if (shard.near() != null) {
                statement.setString(2, theme);
            }
            try (ResultSet rows = statement.executeQuery()) {
                CommentSpans comment = new CommentSpans("", new ArrayList<>());
                while (rows.next()) {
                    String key = rows.getString("key");
                    if (!key.equals(comment.key())) {
                        comment.handTo(consumer);
                        comment = new CommentSpans(key, new ArrayList<>());
                    }
                    comment.candidates().add(new Candidate(span(rows, theme), rows.getBoolean("kept")));
                }
                comment.handTo(consumer);
            }
        }
    }

    private void handTo(Consumer<CommentSpans> consumer) {
        if (!candidates.isEmpty()) {
            consumer.accept(this);
        }
    }

    private static ThemeSpan span(ResultSet row, String theme) throws SQLException {
        return new ThemeSpan(
                theme,
                row.getString("label"),
                row.getString("theme_text"),
                row.getInt("theme_start_char"),
                row.getInt("theme_end_char"),
                row.getInt("theme_start_token"),
                row.getInt("theme_end_token"),
                row.getFloat("score"),
                row.getInt("relevant") == 1,
                row.getString("model_digest"));
    }
}
