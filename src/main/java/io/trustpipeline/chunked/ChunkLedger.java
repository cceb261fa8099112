package io.trustpipeline.chunked;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Who works on which chunk, and what became of it. A claim is a compare-and-set with a lease. The lease covers only the
 * time that a worker is outside a transaction: inside it the chunk's line is locked, so that nobody claims a chunk whose
 * transaction may still commit, however long it takes.
 */
final class ChunkLedger {
    private static final String CLAIM = """
            UPDATE chunked_ledger.chunk AS chunk
            SET status = 'running', attempts = chunk.attempts + 1, owner = ?, started_at = clock_timestamp(),
                finished_at = NULL, error = NULL, lease_until = clock_timestamp() + ? * interval '1 millisecond'
            FROM (SELECT free.run_id, free.chunk_id FROM chunked_ledger.chunk AS free
                WHERE free.run_id = ? AND (?::integer IS NULL OR free.chunk_id = ?)
                    AND (free.status = 'pending' OR free.status = 'running' AND free.lease_until < clock_timestamp())
                ORDER BY free.chunk_id LIMIT 1 FOR UPDATE SKIP LOCKED) AS next
            WHERE chunk.run_id = next.run_id AND chunk.chunk_id = next.chunk_id
            RETURNING chunk.chunk_id, chunk.attempts, chunk.keys_mac, chunk.estimated_rows""";
    private static final String OWNED = " WHERE run_id = ? AND chunk_id = ? AND owner = ? AND status = 'running'";

    private ChunkLedger() {}

    /** Takes the first chunk that is free, or whose worker let its lease run out; commits. */
    static Optional<ClaimedChunk> claim(Connection connection, String runId, Duration lease) throws SQLException {
        return claim(connection, runId, lease, null);
    }

    /** @param chunkId the only chunk to take, or null for any */
    static Optional<ClaimedChunk> claim(Connection connection, String runId, Duration lease, @Nullable Integer chunkId)
            throws SQLException {
        String owner = UUID.randomUUID().toString();
        try (PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setString(1, owner);
            claim.setLong(2, lease.toMillis());
            claim.setString(3, runId);
            claim.setObject(4, chunkId, Types.INTEGER);
            claim.setObject(5, chunkId, Types.INTEGER);
            @Nullable ClaimedChunk claimed = null;
            try (ResultSet row = claim.executeQuery()) {
                if (row.next()) {
                    claimed = new ClaimedChunk(
                            runId, row.getInt(1), owner, row.getInt(2), row.getString(3), row.getLong(4));
                }
            }
            connection.commit();
            return Optional.ofNullable(claimed);
        }
    }

    /** Locks the chunk's line until the transaction ends; false when the chunk is another worker's now. */
    static boolean hold(Connection connection, ClaimedChunk chunk) throws SQLException {
        try (PreparedStatement hold =
                connection.prepareStatement("SELECT FROM chunked_ledger.chunk" + OWNED + " FOR UPDATE")) {
            own(hold, 1, chunk);
            try (ResultSet row = hold.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Writes the chunk's end into its own transaction; false when the chunk is another worker's now. */
    static boolean done(Connection connection, ClaimedChunk chunk, ChunkCounts counts) throws SQLException {
        try (PreparedStatement done = connection.prepareStatement("UPDATE chunked_ledger.chunk SET status = 'done',"
                + " finished_at = clock_timestamp(), lease_until = NULL, rows_marked = ?, rows_updated = ?,"
                + " rows_unseen = ?" + OWNED)) {
            done.setLong(1, counts.marked());
            done.setLong(2, counts.updated());
            done.setLong(3, counts.unseen());
            own(done, 4, chunk);
            return done.executeUpdate() == 1;
        }
    }

    /** Keeps the chunk for a pause and the try after it, and why; commits; false when it is another worker's now. */
    static boolean renew(Connection connection, ClaimedChunk chunk, Duration lease, String error) throws SQLException {
        try (PreparedStatement renew = connection.prepareStatement("UPDATE chunked_ledger.chunk SET"
                + " attempts = attempts + 1, lease_until = clock_timestamp() + ? * interval '1 millisecond', error = ?"
                + OWNED)) {
            renew.setLong(1, lease.toMillis());
            renew.setString(2, error);
            own(renew, 3, chunk);
            boolean owned = renew.executeUpdate() == 1;
            connection.commit();
            return owned;
        }
    }

    /** Says why a chunk failed; commits. */
    static void failed(Connection connection, ClaimedChunk chunk, String error) throws SQLException {
        try (PreparedStatement failed = connection.prepareStatement("UPDATE chunked_ledger.chunk SET status = 'failed',"
                + " finished_at = clock_timestamp(), lease_until = NULL, error = ?" + OWNED)) {
            failed.setString(1, error);
            own(failed, 2, chunk);
            failed.executeUpdate();
            connection.commit();
        }
    }

    /** Gives failed chunks, or one of them, another chance; commits. */
    static void retryFailed(Connection connection, String runId, @Nullable Integer chunkId) throws SQLException {
        try (PreparedStatement retry = connection.prepareStatement("UPDATE chunked_ledger.chunk SET status = 'pending'"
                + " WHERE run_id = ? AND status = 'failed' AND (?::integer IS NULL OR chunk_id = ?)")) {
            retry.setString(1, runId);
            retry.setObject(2, chunkId, Types.INTEGER);
            retry.setObject(3, chunkId, Types.INTEGER);
            retry.executeUpdate();
            connection.commit();
        }
    }

    /** What became of a chunk so far; "missing" when the plan has none of this id. */
    static String status(Connection connection, String runId, int chunkId) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT status FROM chunked_ledger.chunk WHERE run_id = ? AND chunk_id = ?")) {
            query.setString(1, runId);
            query.setInt(2, chunkId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : "missing";
            }
        }
    }

    /** Whether other workers may still be at it. */
    static boolean anyRunning(Connection connection, String runId) throws SQLException {
        try (PreparedStatement running = connection.prepareStatement("SELECT EXISTS (SELECT FROM chunked_ledger.chunk"
                + " WHERE run_id = ? AND status IN ('running', 'pending'))")) {
            running.setString(1, runId);
            try (ResultSet row = running.executeQuery()) {
                row.next();
                boolean any = row.getBoolean(1);
                connection.commit();
                return any;
            }
        }
    }

    private static void own(PreparedStatement statement, int first, ClaimedChunk chunk) throws SQLException {
        statement.setString(first, chunk.runId());
        statement.setInt(first + 1, chunk.id());
        statement.setString(first + 2, chunk.owner());
    }
}
