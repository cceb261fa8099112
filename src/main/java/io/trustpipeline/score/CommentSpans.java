package io.trustpipeline.score;

import io.trustpipeline.run.NearObjects;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run knows of a comment.
 *
 * @param candidates by theme, those of a theme in the model's order
 */
record CommentSpans(String key, List<Candidate> candidates) {

    /**
     * A span with its score.
     *
     * @param kept whether the run kept it; else it kept it aside
     */
    record Candidate(ThemeSpan span, boolean kept) {}

    /**
     * Reads the comments of a shard that have a span, in the shard's order; DuckDB holds and spills what it sorts. Belongs
     * to one thread.
     */
    static final class Reader implements AutoCloseable {
        private static final String COLUMNS = " AS kept, file_row_number AS number,"
                + " CAST(comment_unique_key AS VARCHAR) AS key, theme, label, theme_text, theme_start_char,"
                + " theme_end_char, theme_start_token, theme_end_token, score, relevant, recommend, confidence,"
                + " model_digest FROM read_parquet(%s, hive_partitioning = false, file_row_number = true)%s";
        private static final String KEPT = "SELECT file_row_number AS place, true" + COLUMNS;
        private static final String ASIDE = " UNION ALL SELECT " + NearRows.BEFORE + " AS place, false" + COLUMNS;

        private final Statement statement;
        private final ResultSet rows;
        private boolean row;

        /** @param theme the only one that is read; null for all */
        Reader(Connection connection, NearObjects.Shard shard, @Nullable String theme) throws SQLException {
            String where = theme == null ? "" : " WHERE theme = " + DuckDb.literal(theme);
            String sql = KEPT.formatted(DuckDb.file(shard.scored()), where);
            if (shard.near() != null) {
                sql += ASIDE.formatted(DuckDb.file(shard.near()), where);
            }
            this.statement = connection.createStatement();
            // A span that was kept aside stands before the kept one whose number it has.
            this.rows = statement.executeQuery(sql + " ORDER BY place, kept, number");
            this.row = rows.next();
        }

        /** The next comment; null behind the last. */
        @Nullable
        CommentSpans next() throws SQLException {
            if (!row) {
                return null;
            }
            CommentSpans comment = new CommentSpans(rows.getString("key"), new ArrayList<>());
            while (row && comment.key().equals(rows.getString("key"))) {
                comment.candidates().add(new Candidate(span(), rows.getBoolean("kept")));
                row = rows.next();
            }
            return comment;
        }

        private ThemeSpan span() throws SQLException {
            String recommend = rows.getString("recommend");
            return new ThemeSpan(
                    rows.getString("theme"),
                    rows.getString("label"),
                    rows.getString("theme_text"),
                    rows.getInt("theme_start_char"),
                    rows.getInt("theme_end_char"),
                    rows.getInt("theme_start_token"),
                    rows.getInt("theme_end_token"),
                    rows.getFloat("score"),
                    rows.getInt("relevant") == 1,
                    rows.getString("model_digest"),
                    recommend == null ? null : new Recommendation(recommend, rows.getDouble("confidence")));
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
