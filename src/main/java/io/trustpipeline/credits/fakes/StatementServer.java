package io.trustpipeline.credits.fakes;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trino's client protocol ({@code /v1/statement}) before DuckDB: enough for Trino's and Presto's JDBC drivers to prepare,
 * execute, read and cancel. The dialect is DuckDB's, whose catalog is called hive. Thread-safe.
 *
 * @see <a href="https://trino.io/docs/current/develop/client-protocol.html">The protocol</a>
 */
public final class StatementServer extends LoopbackServer {
    private static final String STATEMENT = "/v1/statement";
    private static final Pattern PREPARE = Pattern.compile("(?s)PREPARE\\s+(\\w+)\\s+FROM\\s+(.+)");
    private static final Pattern EXECUTE = Pattern.compile("(?s)EXECUTE\\s+(\\w+)(?:\\s+USING\\s+(.*))?");
    private static final Pattern DEALLOCATE = Pattern.compile("(?s)DEALLOCATE\\s+PREPARE\\s+(\\w+)");
    private static final Pattern QUERY = Pattern.compile("(?i)\\s*(SELECT|WITH)\\b");
    private static final String READ_ONLY = "read-only-";
    private static final long PATIENCE_MILLIS = 500;

    private final Connection database;
    private final Map<String, Running> running = new ConcurrentHashMap<>();
    private final List<Fault> faults = Collections.synchronizedList(new ArrayList<>());
    private final List<String> executed = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong cancelled = new AtomicLong();
    private final AtomicLong ids = new AtomicLong();

    private record Running(CompletableFuture<QueryAnswer> answer, Statement statement) {}

    /**
     * What happens to the next statement that contains a text.
     *
     * @param errorCode 0 for none
     * @param delayMillis before it is executed
     */
    public record Fault(String text, int errorCode, String errorName, long delayMillis) {}

    private StatementServer(Connection database) {
        this.database = database;
    }

    /** @param setUp statements that make the tables, in the catalog hive */
    public static StatementServer started(String setUp) throws SQLException {
        Connection database = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = database.createStatement()) {
            statement.execute("ATTACH ':memory:' AS hive; USE hive; CREATE SCHEMA public; CREATE SCHEMA accsecai;");
            statement.execute(setUp);
        }
        StatementServer server = new StatementServer(database);
        server.start();
        return server;
    }

    /** For Trino's driver. */
    public String jdbcUrl() {
        return "jdbc:trino://127.0.0.1:" + address().getPort() + "/hive/public";
    }

    public void next(Fault fault) {
        faults.add(fault);
    }

    /** Statements that reached the database. */
    public List<String> executed() {
        return List.copyOf(executed);
    }

    public long cancelled() {
        return cancelled.get();
    }

    @Override
    Answer answer(String method, URI uri, Map<String, String> headers, String body) throws Exception {
        if (method.equals("POST") && uri.getPath().equals(STATEMENT)) {
            return begin(headers, body);
        }
        String id = uri.getPath().substring(STATEMENT.length() + 1).split("/")[0];
        if (method.equals("DELETE")) {
            Running query = running.remove(id);
            if (query != null) {
                cancelled.incrementAndGet();
                query.statement().cancel();
            }
            return new Answer(204, "application/json", "", Map.of());
        }
        return next(id);
    }

    private Answer begin(Map<String, String> headers, String sql) throws SQLException {
        String id = "q" + ids.incrementAndGet();
        String prefix = headers.containsKey("x-presto-user") ? "X-Presto-" : "X-Trino-";
        Optional<Answer> session = session(id, prefix, sql);
        if (session.isPresent()) {
            return session.get();
        }
        Matcher execute = EXECUTE.matcher(sql);
        String text = sql;
        if (execute.matches()) {
            String prepared = headers.getOrDefault(prefix.toLowerCase(Locale.ROOT) + "prepared-statement", "");
            text = PreparedText.with(prepared(prepared, execute.group(1)), execute.group(2));
        }
        String statement = text;
        if (headers.getOrDefault(prefix.toLowerCase(Locale.ROOT) + "transaction-id", "")
                        .startsWith(READ_ONLY)
                && !QUERY.matcher(statement).lookingAt()) {
            return Answer.json(QueryAnswer.failed(10, "READ_ONLY_VIOLATION", "a write in a read-only transaction")
                    .json(id, address()));
        }
        Fault fault = fault(statement);
        Connection connection = ((DuckDBConnection) database).duplicate();
        Statement query = connection.createStatement();
        query.execute("USE hive.public");
        running.put(
                id,
                new Running(
                        CompletableFuture.supplyAsync(() -> execute(query, connection, statement, fault), threads),
                        query));
        return Answer.json(QueryAnswer.waiting(id, address(), "QUEUED"));
    }

    /** What changes the client's session alone, which it keeps in its own headers. */
    private Optional<Answer> session(String id, String prefix, String sql) {
        Matcher prepare = PREPARE.matcher(sql);
        if (prepare.matches()) {
            return changed(
                    id,
                    "PREPARE",
                    prefix + "Added-Prepare",
                    prepare.group(1) + "=" + URLEncoder.encode(prepare.group(2), StandardCharsets.UTF_8));
        }
        Matcher deallocate = DEALLOCATE.matcher(sql);
        if (deallocate.matches()) {
            return changed(id, "DEALLOCATE", prefix + "Deallocated-Prepare", deallocate.group(1));
        }
        if (sql.startsWith("START TRANSACTION")) {
            String kind = sql.contains("READ ONLY") ? READ_ONLY : "";
            return changed(id, "START TRANSACTION", prefix + "Started-Transaction-Id", kind + id);
        }
        return sql.equals("COMMIT") || sql.equals("ROLLBACK")
                ? changed(id, sql, prefix + "Clear-Transaction-Id", "true")
                : Optional.empty();
    }

    private Optional<Answer> changed(String id, String what, String header, String value) {
        return Optional.of(Answer.json(QueryAnswer.done(what).json(id, address()), Map.of(header, value)));
    }

    private static String prepared(String header, String name) {
        for (String each : header.split(",")) {
            int equals = each.indexOf('=');
            if (equals > 0 && each.substring(0, equals).strip().equals(name)) {
                return URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8);
            }
        }
        throw new IllegalArgumentException("no prepared statement " + name);
    }

    private @Nullable Fault fault(String sql) {
        synchronized (faults) {
            for (Fault fault : faults) {
                if (sql.contains(fault.text())) {
                    faults.remove(fault);
                    return fault;
                }
            }
            return null;
        }
    }

    private QueryAnswer execute(Statement query, Connection connection, String sql, @Nullable Fault fault) {
        try (connection;
                query) {
            if (fault != null) {
                Thread.sleep(fault.delayMillis());
                if (fault.errorCode() != 0) {
                    return QueryAnswer.failed(fault.errorCode(), fault.errorName(), "a fault of the test");
                }
            }
            executed.add(sql);
            return QueryAnswer.of(query.executeQuery(sql));
        } catch (SQLException refused) {
            return QueryAnswer.failed(1, "SYNTAX_ERROR", String.valueOf(refused.getMessage()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return QueryAnswer.failed(3, "USER_CANCELED", "stopped");
        }
    }

    private Answer next(String id) throws ExecutionException, InterruptedException {
        Running query = running.get(id);
        if (query == null) {
            return Answer.status(404, Map.of());
        }
        try {
            QueryAnswer answer = query.answer().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            running.remove(id);
            return Answer.json(answer.json(id, address()));
        } catch (TimeoutException notYet) {
            return Answer.json(QueryAnswer.waiting(id, address(), "RUNNING"));
        }
    }

    @Override
    public void close() {
        super.close();
        try {
            database.close();
        } catch (SQLException e) {
            // It was in memory.
        }
    }
}
