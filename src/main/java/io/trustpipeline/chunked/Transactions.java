package io.trustpipeline.chunked;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** One connection, one transaction. */
final class Transactions {
    private Transactions() {}

    /**
     * Commits what the work did, or nothing of it.
     *
     * @param step what is being done, for messages
     * @throws io.trustpipeline.run.PipelineException when the database refuses
     */
    static <T> T run(Database database, Duration patience, String step, ChunkedRun.Work<T> work) {
        try (Connection connection = database.open(patience)) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            boolean named = e.getCause() instanceof SQLException;
            throw DatabaseFailure.of(e, named ? String.valueOf(e.getMessage()) : step);
        }
    }
}
