package io.trustpipeline.export;

import io.trustpipeline.run.PipelineException;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What a warehouse would export, by counting and by looking at a few rows.
 *
 * @param rows that the query gives
 * @param texts of its first rows that have one, each cut off at {@link #LONGEST_TEXT} characters
 * @param looked how many rows the texts came from
 */
public record Sample(long rows, List<String> texts, int looked) {
    /** What is read of a text; so a sample of any rows fits into memory. */
    public static final int LONGEST_TEXT = 20_000;

    public Sample {
        texts = List.copyOf(texts);
    }

    /** Where a warehouse is connected to. */
    interface Opening {
        Connection open() throws SQLException;
    }

    /** @throws PipelineException as an export does */
    static Sample take(Opening warehouse, String query, int most, WarehouseSettings settings) {
        // The line ends keep a comment at the query's end away from the bracket.
        String comments = "(\n" + query + "\n) AS comments";
        try (Connection connection = warehouse.open();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(settings.queryTimeoutSeconds());
            long rows;
            try (ResultSet count = statement.executeQuery("SELECT count(*) FROM " + comments)) {
                count.next();
                rows = count.getLong(1);
            }
            List<String> texts = new ArrayList<>();
            int looked = 0;
            try (ResultSet some = statement.executeQuery(
                    "SELECT substring(cleaned_comment, 1, " + LONGEST_TEXT + ") FROM " + comments + " LIMIT " + most)) {
                for (; some.next(); looked++) {
                    String text = some.getString(1);
                    if (text != null && !text.isBlank()) {
                        texts.add(text);
                    }
                }
            }
            return new Sample(rows, texts, looked);
        } catch (SQLException e) {
            throw SqlFailure.of(e, settings);
        }
    }
}
