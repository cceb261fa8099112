package io.trustpipeline.chunked;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;

/** A run as its statements see it: settings {@code chunked.*} that end with the transaction. */
public record RunContext(
        String runId,
        LocalDate runDate,
        LocalDate windowStart,
        LocalDate windowEnd,
        boolean resolve,
        @Nullable String email,
        String salt) {

    /** Gives the statements of the transaction under way the values of this run. */
    void apply(Connection connection) throws SQLException {
        try (PreparedStatement settings = connection.prepareStatement(
                "SELECT set_config('chunked.run_id', ?, true), set_config('chunked.run_date', ?, true),"
                        + " set_config('chunked.window_start', ?, true), set_config('chunked.window_end', ?, true)")) {
            settings.setString(1, runId);
            settings.setString(2, runDate.toString());
            settings.setString(3, windowStart.toString());
            settings.setString(4, windowEnd.toString());
            settings.execute();
        }
    }
}
