package io.trustpipeline.chunked;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;

/**
 * The PostgreSQL database that holds the table and the ledger. Thread-safe; a connection belongs to one thread.
 *
 * @param url {@code jdbc:postgresql:…}
 * @param password asked for whenever a connection is opened
 * @param statementTimeout after which the server gives a statement up, and a little later we do, if it says nothing
 */
public record Database(
        String url, Optional<String> user, Supplier<Optional<String>> password, Duration statementTimeout) {
    private static final String CONNECT_SECONDS = "30";
    private static final Duration GRACE = Duration.ofSeconds(5);

    /**
     * Opens a connection whose transactions cannot outlive their worker by more than {@code patience}: the server itself
     * ends one that stands idle, or a peer that is gone.
     *
     * @throws PipelineException UNAVAILABLE or CONFIGURATION
     */
    Connection open(Duration patience) {
        Properties properties = new Properties();
        user.ifPresent(name -> properties.setProperty("user", name));
        password.get().ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("loginTimeout", CONNECT_SECONDS);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "socketTimeout", Long.toString(statementTimeout.plus(GRACE).toSeconds()));
        properties.setProperty("ApplicationName", "trust-pipeline");
        // The server's details quote values of rows.
        properties.setProperty("logServerErrorDetail", "false");
        try {
            Connection connection = DriverManager.getConnection(url, properties);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET idle_in_transaction_session_timeout = " + patience.toMillis());
                statement.execute("SET statement_timeout = " + statementTimeout.toMillis());
                statement.execute("SET client_min_messages = warning");
                // Compiling a chunk's statements takes longer than running them.
                statement.execute("SET jit = off");
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e, "connecting");
        }
    }

    /** @throws PipelineException CONFIGURATION when there is no driver for the URL */
    void check() {
        if (!url.startsWith("jdbc:postgresql:")) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "trust.database.url: not a URL such as jdbc:postgresql://host:5432/database");
        }
    }
}
