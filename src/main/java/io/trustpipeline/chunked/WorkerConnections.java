package io.trustpipeline.chunked;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Connections as workers need them: transactions begun by hand, and planned for few rows of a large table. */
record WorkerConnections(Database database, Duration patience) {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerConnections.class);
    private static final int VALID_SECONDS = 5;

    Connection open() {
        Connection connection = database.open(patience);
        try {
            try (Statement statement = connection.createStatement()) {
                // A chunk's rows are few and close together: looking them up is cheaper than reading the table.
                statement.execute("SET random_page_cost = 1.1");
            }
            connection.setAutoCommit(false);
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw DatabaseFailure.of(e, "connecting");
        }
    }

    /** The connection, rolled back, or a new one when it broke. */
    Connection usable(Connection connection) {
        try {
            connection.rollback();
            if (connection.isValid(VALID_SECONDS)) {
                connection.rollback();
                return connection;
            }
        } catch (SQLException broken) {
            LOG.debug("a connection broke (SQLSTATE {})", broken.getSQLState());
        }
        close(connection);
        return open();
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("a connection did not close (SQLSTATE {})", e.getSQLState());
        }
    }
}
