package io.trustpipeline.credits.warehouse;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.CreditMetrics;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Presto or Trino, by JDBC. Each query has a connection, a deadline at which it is cancelled, and as many tries as the kind
 * of its failure deserves. Thread-safe.
 */
public final class QueryEngine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueryEngine.class);
    private static final int MOST_ROWS = 200_000;

    private final String url;
    private final Supplier<Properties> login;
    private final Attempts attempts;
    private final CreditMetrics metrics;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "credits-query");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param url {@code jdbc:presto:…} or {@code jdbc:trino:…}
     * @param login asked for each connection, so that a changed password is seen
     * @param attempts of a query whose failure may pass
     */
    public QueryEngine(String url, Supplier<Properties> login, Attempts attempts, CreditMetrics metrics) {
        this.url = url;
        this.login = login;
        this.attempts = attempts;
        this.metrics = metrics;
    }

    /** Does something beside the caller. */
    <T> CompletableFuture<T> beside(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, threads);
    }

    /** @throws PipelineException UNAVAILABLE when another time may help, DATA_REFUSED when it will not */
    List<Row> rows(WarehouseQuery query) {
        for (int attempt = 1; ; attempt++) {
            long started = System.nanoTime();
            try {
                List<Row> rows = once(query);
                metrics.queried(query.name(), Duration.ofNanos(System.nanoTime() - started));
                return rows;
            } catch (Failed failed) {
                metrics.failed(failed.kind.name());
                if (!failed.kind.isWorthARetry() || attempts.isLast(attempt)) {
                    throw failed.told(query, attempt);
                }
                LOG.info("query {}: {}, attempt {}", query.name(), failed.kind, attempt);
                Attempts.waitFor(attempts.pauseAfter(attempt));
            }
        }
    }

    private static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;
        private final QueryFailure kind;

        Failed(QueryFailure kind, @Nullable Throwable cause) {
            super(cause);
            this.kind = kind;
        }

        PipelineException told(WarehouseQuery query, int attempts) {
            String start = "query " + query.name() + ": ";
            return switch (kind) {
                case REFUSED ->
                    new PipelineException(
                            ExitCode.DATA_REFUSED,
                            start + "refused by the warehouse"
                                    + (getCause() == null
                                            ? ""
                                            : ": " + getCause().getMessage()),
                            getCause());
                case DEADLINE ->
                    new PipelineException(
                            ExitCode.UNAVAILABLE,
                            start + "cancelled after " + query.deadline().toSeconds() + " s, its deadline",
                            getCause());
                case RESOURCES, CONNECTION, CANCELLED, INTERNAL ->
                    new PipelineException(
                            ExitCode.UNAVAILABLE,
                            start + kind.name().toLowerCase(Locale.ROOT) + " trouble at the warehouse, after "
                                    + attempts + " attempts",
                            getCause());
            };
        }
    }

    private List<Row> once(WarehouseQuery query) throws Failed {
        AtomicReference<@Nullable PreparedStatement> running = new AtomicReference<>();
        Future<List<Row>> rows = threads.submit(() -> execute(query, running));
        try {
            return rows.get(query.deadline().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            cancel(running.get());
            rows.cancel(true);
            throw new Failed(QueryFailure.DEADLINE, null);
        } catch (InterruptedException stopped) {
            cancel(running.get());
            rows.cancel(true);
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "query " + query.name() + ": stopped on request", stopped);
        } catch (ExecutionException thrown) {
            if (thrown.getCause() instanceof SQLException failure) {
                throw new Failed(QueryFailure.of(failure), failure);
            }
            if (thrown.getCause() instanceof RuntimeException defect) {
                throw defect;
            }
            throw new IllegalStateException(thrown);
        }
    }

    private List<Row> execute(WarehouseQuery query, AtomicReference<@Nullable PreparedStatement> running)
            throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, login.get())) {
            connection.setReadOnly(true);
            // Outside of a transaction the drivers keep to themselves that it is to be read-only.
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
                running.set(statement);
                statement.setQueryTimeout((int) Math.max(1, query.deadline().toSeconds()));
                for (int i = 0; i < query.values().size(); i++) {
                    bind(statement, i + 1, query.values().get(i));
                }
                try (ResultSet result = statement.executeQuery()) {
                    return read(query, result);
                }
            }
        }
    }

    /** Drivers of Presto know the older date alone. */
    private static void bind(PreparedStatement statement, int mark, Object value) throws SQLException {
        if (value instanceof LocalDate day) {
            statement.setDate(mark, Date.valueOf(day));
        } else {
            statement.setString(mark, value.toString());
        }
    }

    private static List<Row> read(WarehouseQuery query, ResultSet result) throws SQLException {
        ResultSetMetaData columns = result.getMetaData();
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
            if (rows.size() == MOST_ROWS) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED, "query " + query.name() + ": has more than " + MOST_ROWS + " rows");
            }
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                values.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), result.getObject(i));
            }
            rows.add(new Row(values));
        }
        return rows;
    }

    private static void cancel(@Nullable PreparedStatement statement) {
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.info("a query could not be cancelled: {}", e.getMessage());
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
