package io.trustpipeline.export;

import io.trustpipeline.run.StopSignal;

import java.sql.SQLException;
import java.sql.Statement;

/** Cancels a statement under way when the program is asked to stop. */
final class CancelOnStop {
    private CancelOnStop() {}

    /** Closed when the statement has ended. */
    static StopSignal.Interruption of(Statement statement, StopSignal stop) {
        return stop.onStop(() -> cancel(statement));
    }

    private static void cancel(Statement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // The statement ends with the connection, or by its time-out.
        }
    }
}
