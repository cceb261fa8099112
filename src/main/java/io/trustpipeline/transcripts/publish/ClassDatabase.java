package io.trustpipeline.transcripts.publish;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;

/**
 * The PostgreSQL database that classes read. Messages say the SQLSTATE and what was being done; never the server's own
 * words, which quote names and sentences. Thread-safe.
 */
public final class ClassDatabase implements AutoCloseable {
    private static final int CONNECTIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final HikariDataSource connections;

    private ClassDatabase(HikariDataSource connections) {
        this.connections = connections;
    }

    /** Work on a connection. */
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Opens lazily: a database that does not answer now may do so when it is needed.
     *
     * @param url {@code jdbc:postgresql:…}
     */
    public static ClassDatabase open(String url, Optional<String> user, Optional<String> password) {
        HikariConfig config = new HikariConfig();
        // The driver manager may have looked for drivers in another class loader before, that of a demo's servers.
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url);
        user.ifPresent(config::setUsername);
        password.ifPresent(config::setPassword);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(PATIENCE.toMillis());
        config.setPoolName("transcripts");
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty("ApplicationName", "trust-pipeline");
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        return new ClassDatabase(new HikariDataSource(config));
    }

    /** Makes the tables that are missing. */
    public void createTables() {
        String schema = resource("schema.sql");
        transaction("schema.sql", connection -> {
            try (Statement statement = connection.createStatement()) {
                // Two processes that begin at once must not create the same table.
                statement.execute("SELECT pg_advisory_xact_lock(hashtext('transcripts schema'))");
                return statement.execute(schema);
            }
        });
    }

    /**
     * Commits what the work did, or nothing of it.
     *
     * @throws PipelineException UNAVAILABLE when a retry may help, else CONFIGURATION
     */
    <T> T transaction(String step, Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw failure(e, step);
        }
    }

    /** Reads, each statement by itself. */
    <T> T read(String step, Work<T> work) {
        try (Connection connection = connections.getConnection()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw failure(e, step);
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    /** The exception is not kept as the cause: its message may quote a row. */
    private static PipelineException failure(SQLException e, String step) {
        String state = String.valueOf(e.getSQLState());
        boolean retry = e.getSQLState() == null || state.matches("(08|40|53|55|57).*");
        return new PipelineException(
                retry ? ExitCode.UNAVAILABLE : ExitCode.CONFIGURATION,
                "database, " + step + ": " + (retry ? "not available now" : "refused") + " (SQLSTATE " + state + ")");
    }

    static String resource(String name) {
        try (InputStream in = ClassDatabase.class.getResourceAsStream("/sql/transcripts/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks sql/transcripts/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
