package io.trustpipeline.chunked;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** The runs of the ledger: a run id belongs to one request and one declaration for ever. */
final class LedgerRuns {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String INVALID_DATETIME = "22007";

    private LedgerRuns() {}

    /** Claims the id, or takes up the run that has it. */
    static RunContext claim(Connection connection, ChunkedRequest request, Declaration declaration)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO chunked_ledger.run (run_id, declaration,"
                        + " declaration_digest, run_date, window_start, window_end, resolve, email, salt)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (run_id) DO NOTHING")) {
            LocalDate day = request.runDate();
            insert.setString(1, request.runId());
            insert.setString(2, declaration.name());
            insert.setString(3, declaration.digest());
            insert.setObject(4, day);
            insert.setObject(5, declaration.window().start(day));
            insert.setObject(6, declaration.window().end(day));
            insert.setBoolean(7, request.resolve());
            insert.setString(8, request.email());
            insert.setString(9, UUID.randomUUID().toString());
            insert.executeUpdate();
        }
        RunContext existing = find(connection, request.runId()).orElseThrow();
        if (!existing.runDate().equals(request.runDate())
                || existing.resolve() != request.resolve()
                || !Objects.equals(existing.email(), request.email())) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "run_id: \"" + request.runId() + "\" belongs to another request (run_date " + existing.runDate()
                            + ", resolve " + existing.resolve() + ", email " + existing.email()
                            + "); use a new run_id, or the same request to resume");
        }
        if (LedgerReading.lines(
                        connection,
                        "SELECT run_id FROM chunked_ledger.run WHERE run_id = ?" + " AND declaration_digest = ?",
                        request.runId(),
                        declaration.digest())
                .isEmpty()) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "run_id: \"" + request.runId()
                            + "\" began with another declaration or other SQL; use a new run_id");
        }
        return existing;
    }

    static Optional<RunContext> find(Connection connection, String runId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT run_date, window_start, window_end, resolve,"
                + " email, salt FROM chunked_ledger.run WHERE run_id = ?")) {
            query.setString(1, runId);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new RunContext(
                                runId,
                                day(row, 1),
                                day(row, 2),
                                day(row, 3),
                                row.getBoolean(4),
                                row.getString(5),
                                row.getString(6)))
                        : Optional.empty();
            }
        }
    }

    /** The driver says of what is no date that it is a defect of its caller. */
    private static LocalDate day(ResultSet row, int column) throws SQLException {
        try {
            return row.getObject(column, LocalDate.class);
        } catch (DateTimeException notADate) {
            throw new SQLException("no date", INVALID_DATETIME, notADate);
        }
    }

    /** Locks the run's line until the transaction ends, so that two processes do not do the same stage. */
    static boolean needsSnapshot(Connection connection, String runId) throws SQLException {
        return !LedgerReading.lines(
                        connection,
                        "SELECT run_id FROM chunked_ledger.run WHERE run_id = ?" + " AND snapshot IS NULL FOR UPDATE",
                        runId)
                .isEmpty();
    }

    /** As {@link #needsSnapshot}. */
    static boolean needsPlan(Connection connection, String runId) throws SQLException {
        return !LedgerReading.lines(
                        connection,
                        "SELECT run_id FROM chunked_ledger.run WHERE run_id = ?" + " AND planned_at IS NULL FOR UPDATE",
                        runId)
                .isEmpty();
    }

    static void snapshotTaken(Connection connection, String runId, Map<String, Long> rows) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE chunked_ledger.run SET snapshot = ?::jsonb WHERE run_id = ?")) {
            update.setString(1, JSON.writeValueAsString(rows));
            update.setString(2, runId);
            update.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Names and numbers are always JSON", e);
        }
    }

    static Map<String, Long> snapshotRows(Connection connection, String runId) throws SQLException {
        @Nullable
        String json = LedgerReading.lines(
                        connection,
                        "SELECT coalesce(snapshot, '{}')::text FROM chunked_ledger.run WHERE run_id = ?",
                        runId)
                .get(0);
        try {
            return JSON.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, "chunked_ledger.run: snapshot of " + runId + " is damaged");
        }
    }

    /** Whether people know how the run ended. */
    static boolean told(Connection connection, String runId) throws SQLException {
        return !LedgerReading.lines(
                        connection,
                        "SELECT run_id FROM chunked_ledger.run WHERE run_id = ? AND told IS NOT DISTINCT FROM result",
                        runId)
                .isEmpty();
    }

    /** People know by now. */
    static void tell(Connection connection, String runId) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE chunked_ledger.run SET told = result WHERE run_id = ?")) {
            update.setString(1, runId);
            update.executeUpdate();
        }
    }

    /**
     * Writes how the run ended. An attempt that only finds again what an earlier one had found changes nothing, so that
     * its message is the earlier one's.
     *
     * @param resolved rows that this attempt resolved
     */
    static void finished(Connection connection, String runId, ChunkedReport.Result result, long resolved)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE chunked_ledger.run SET result = ?,"
                + " rows_resolved = rows_resolved + ?, finished_at = CASE WHEN result IS DISTINCT FROM ? OR ? > 0"
                + " THEN clock_timestamp() ELSE finished_at END WHERE run_id = ?")) {
            update.setString(1, result.name());
            update.setLong(2, resolved);
            update.setString(3, result.name());
            update.setLong(4, resolved);
            update.setString(5, runId);
            update.executeUpdate();
        }
    }

    /** When and with what the run ended. */
    record End(Instant at, long resolved) {}

    /** How {@link #finished} left the run. */
    static End end(Connection connection, String runId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT finished_at, rows_resolved FROM chunked_ledger.run WHERE run_id = ?")) {
            query.setString(1, runId);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new End(row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2));
            }
        }
    }
}
