package io.trustpipeline.chunked;

import io.trustpipeline.run.KillPoint;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** One chunk, one transaction: its keys, its statements, and its line in the ledger, all or nothing. Thread-safe. */
final class ChunkWorker {
    private final Declaration declaration;
    private final RunContext context;

    ChunkWorker(Declaration declaration, RunContext context) {
        this.declaration = declaration;
        this.context = context;
    }

    /** Thrown when the chunk belongs to another worker by now; nothing of this worker's attempt remains. */
    static final class LostLease extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Thrown when a statement fails, with the file it stands in. */
    static final class StatementFailure extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient SQLException failure;

        StatementFailure(String statement, SQLException failure) {
            super(DatabaseFailure.message(failure, statement));
            this.failure = failure;
        }

        SQLException failure() {
            return failure;
        }
    }

    /** Thrown when the keys in the ledger are not those that were planned. */
    static final class KeysChanged extends Exception {
        private static final long serialVersionUID = 1L;
    }

    /** Does the chunk and commits. Whatever is thrown, the caller rolls back. */
    ChunkCounts process(Connection connection, ClaimedChunk chunk) throws LostLease, StatementFailure, KeysChanged {
        String step = "the ledger";
        try {
            isolate(connection);
            if (!ChunkLedger.hold(connection, chunk)) {
                throw new LostLease();
            }
            context.apply(connection);
            step = "the chunk's keys";
            bindKeys(connection, chunk);
            for (SqlFile prepare : declaration.prepare()) {
                step = prepare.name();
                execute(connection, prepare);
            }
            long marked = 0;
            if (declaration.mark() != null) {
                step = declaration.mark().name();
                marked = execute(connection, declaration.mark());
            }
            step = declaration.update().name();
            long updated = execute(connection, declaration.update());
            long unseen = 0;
            if (declaration.unseen() != null) {
                step = declaration.unseen().name();
                unseen = listUnseen(connection, chunk, declaration.unseen());
            }
            step = "the ledger";
            if (!ChunkLedger.done(connection, chunk, new ChunkCounts(marked, updated, unseen))) {
                throw new LostLease();
            }
            KillPoint.pass("BEFORE_CHUNK_COMMIT");
            connection.commit();
            KillPoint.pass("AFTER_CHUNK_COMMIT");
            return new ChunkCounts(marked, updated, unseen);
        } catch (SQLException e) {
            throw new StatementFailure(step, e);
        }
    }

    /** For this transaction alone: the ledger's own are short, and must not fail to serialise. */
    private void isolate(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL "
                    + declaration.workers().isolation().sql());
        }
    }

    private static long execute(Connection connection, SqlFile file) throws SQLException {
        KillPoint.pass("BEFORE_" + file.name());
        try (Statement statement = connection.createStatement()) {
            return Math.max(0, statement.executeLargeUpdate(file.sql()));
        }
    }

    /** Makes {@code pg_temp.chunk_key}, typed and analysed, with exactly the keys of this chunk. */
    private void bindKeys(Connection connection, ClaimedChunk chunk) throws SQLException, KeysChanged {
        List<String> columns = new ArrayList<>();
        List<String> parts = new ArrayList<>();
        for (KeyColumn column : declaration.key()) {
            columns.add("\"" + column.column() + "\" " + column.type() + " NOT NULL");
            parts.add("held.key[" + columns.size() + "]::" + column.type());
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE chunk_key (" + String.join(", ", columns) + ") ON COMMIT DROP");
        }
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO pg_temp.chunk_key SELECT "
                + String.join(", ", parts)
                + " FROM chunked_ledger.chunk_key AS held WHERE held.run_id = ? AND held.chunk_id = ?")) {
            insert.setString(1, chunk.runId());
            insert.setInt(2, chunk.id());
            insert.executeUpdate();
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("ANALYZE pg_temp.chunk_key");
        }
        if (!mac(connection, chunk.runId(), chunk.id(), context.salt()).equals(chunk.keysMac())) {
            throw new KeysChanged();
        }
    }

    /** The checksum of the keys that the ledger holds for a chunk. */
    static String mac(Connection connection, String runId, int chunkId, String salt) throws SQLException {
        KeysMac mac = new KeysMac(salt);
        try (PreparedStatement keys =
                connection.prepareStatement("SELECT held.key FROM chunked_ledger.chunk_key AS held"
                        + " WHERE held.run_id = ? AND held.chunk_id = ? ORDER BY held.key COLLATE \"C\"")) {
            keys.setString(1, runId);
            keys.setInt(2, chunkId);
            try (ResultSet rows = keys.executeQuery()) {
                while (rows.next()) {
                    Array key = rows.getArray(1);
                    mac.add(List.of((String[]) key.getArray()));
                }
            }
        }
        return mac.hex();
    }

    private static long listUnseen(Connection connection, ClaimedChunk chunk, SqlFile unseen) throws SQLException {
        KillPoint.pass("BEFORE_" + unseen.name());
        // One row a chunk: a row and an index entry for each id would cost more than the update.
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO chunked_ledger.looked_at"
                + " SELECT ?, ?, coalesce(array_agg(listed.id::text), '{}') FROM (\n" + unseen.sql()
                + "\n) AS listed (id) RETURNING cardinality(unseen)")) {
            insert.setString(1, chunk.runId());
            insert.setInt(2, chunk.id());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
