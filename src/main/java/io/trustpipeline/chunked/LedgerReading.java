package io.trustpipeline.chunked;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the ledger knows of runs, for people and reports. Values of secret key columns are never read. */
final class LedgerReading {
    private static final String STATUS = """
            SELECT run.run_id, coalesce(run.result, 'STARTED'),
                count(*) FILTER (WHERE chunk.status = 'pending'),
                count(*) FILTER (WHERE chunk.status = 'running' AND chunk.lease_until >= clock_timestamp()),
                count(*) FILTER (WHERE chunk.status = 'running' AND chunk.lease_until < clock_timestamp()),
                count(*) FILTER (WHERE chunk.status = 'done'),
                count(*) FILTER (WHERE chunk.status = 'failed'),
                run.rows_planned,
                coalesce(sum(chunk.estimated_rows) FILTER (WHERE chunk.status = 'done'), 0),
                run.rows_without_key,
                coalesce(sum(chunk.rows_marked), 0), coalesce(sum(chunk.rows_updated), 0),
                coalesce(sum(chunk.rows_unseen), 0),
                extract(epoch FROM coalesce(run.finished_at, clock_timestamp()) - min(chunk.started_at))
            FROM chunked_ledger.run AS run
            LEFT JOIN chunked_ledger.chunk AS chunk ON chunk.run_id = run.run_id
            WHERE ?::text IS NULL OR run.run_id = ?
            GROUP BY run.run_id
            ORDER BY run.started_at""";

    private LedgerReading() {}

    /** @return every run, the newest last */
    static List<ChunkedStatus> runs(Connection connection) throws SQLException {
        return status(connection, null);
    }

    /** @throws PipelineException REQUEST_REFUSED when there is no such run */
    static ChunkedStatus run(Connection connection, String runId) throws SQLException {
        List<ChunkedStatus> found = status(connection, runId);
        if (found.isEmpty()) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "run_id: \"" + runId + "\" is no run of this database; `status` lists them");
        }
        return found.get(0);
    }

    private static List<ChunkedStatus> status(Connection connection, @Nullable String runId) throws SQLException {
        List<ChunkedStatus> runs = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(STATUS)) {
            query.setString(1, runId);
            query.setString(2, runId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    runs.add(status(row));
                }
            }
        }
        return runs;
    }

    private static ChunkedStatus status(ResultSet row) throws SQLException {
        long planned = row.getLong(8);
        long done = row.getLong(9);
        double seconds = row.getDouble(14);
        double perSecond = seconds > 0 ? done / seconds : 0;
        return new ChunkedStatus(
                row.getString(1),
                row.getString(2),
                row.getInt(3),
                row.getInt(4),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                planned,
                done,
                row.getLong(10),
                row.getLong(11),
                row.getLong(12),
                row.getLong(13),
                Math.round(perSecond * 10) / 10.0,
                perSecond > 0 ? Math.round((planned - done) / perSecond) : -1);
    }

    /** A line for every chunk that failed. */
    static List<String> failures(Connection connection, String runId) throws SQLException {
        return lines(
                connection,
                "SELECT 'chunk ' || chunk_id || ' failed after ' || attempts || ' tries: ' || error"
                        + " FROM chunked_ledger.chunk WHERE run_id = ? AND status = 'failed' ORDER BY chunk_id",
                runId);
    }

    /** The chunks of a plan, without their keys. */
    static List<PlanObject.Chunk> chunks(Connection connection, String runId) throws SQLException {
        List<PlanObject.Chunk> chunks = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT chunk_id, estimated_rows, num_keys, oversize,"
                        + " first_key, last_key, keys_mac FROM chunked_ledger.chunk WHERE run_id = ? ORDER BY chunk_id")) {
            query.setString(1, runId);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    chunks.add(new PlanObject.Chunk(
                            row.getInt(1),
                            row.getLong(2),
                            row.getInt(3),
                            row.getBoolean(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7)));
                }
            }
        }
        return chunks;
    }

    static List<String> lines(Connection connection, String query, String... parameters) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
        }
        return lines;
    }
}
