package io.trustpipeline.chunked;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Plans the chunks of a run and writes them into the ledger, all in the transaction under way, streaming. */
final class PlanWriter {
    private static final int FETCH_SIZE = 5_000;
    private static final String CHUNK = "INSERT INTO chunked_ledger.chunk (run_id, chunk_id, status, estimated_rows,"
            + " num_keys, oversize, first_key, last_key, keys_mac) VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, '')";

    private final Declaration declaration;
    private final RunContext context;
    private final Connection connection;
    private @Nullable SQLException failure;
    private long rows;
    private long rowsWithoutKey;

    PlanWriter(Declaration declaration, RunContext context, Connection connection) {
        this.declaration = declaration;
        this.context = context;
        this.connection = connection;
    }

    /** Plans; the caller commits. */
    void plan() throws SQLException {
        context.apply(connection);
        ChunkPlanner planner = new ChunkPlanner(declaration.chunks(), this::write);
        int columns = declaration.key().size();
        try (PreparedStatement query =
                connection.prepareStatement(declaration.distribution().sql())) {
            query.setFetchSize(FETCH_SIZE);
            try (ResultSet row = query.executeQuery()) {
                while (row.next() && failure == null) {
                    List<@Nullable String> key = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        key.add(row.getString(i));
                    }
                    add(planner, key, row.getLong(columns + 1));
                }
            }
        }
        planner.finish();
        if (failure != null) {
            throw failure;
        }
        finish();
    }

    private void add(ChunkPlanner planner, List<@Nullable String> key, long count) {
        List<String> parts = new ArrayList<>();
        for (@Nullable String part : key) {
            if (part == null || part.isBlank()) {
                rowsWithoutKey += count;
                return;
            }
            parts.add(part);
        }
        rows += count;
        planner.add(new KeyCount(parts, count));
    }

    private void write(PlannedChunk chunk) {
        try {
            try (PreparedStatement insert = connection.prepareStatement(CHUNK)) {
                insert.setString(1, context.runId());
                insert.setInt(2, chunk.id());
                insert.setLong(3, chunk.rows());
                insert.setInt(4, chunk.keys().size());
                insert.setBoolean(5, chunk.rows() > declaration.chunks().max());
                insert.setString(6, shown(chunk.keys().get(0)));
                insert.setString(7, shown(chunk.keys().get(chunk.keys().size() - 1)));
                insert.executeUpdate();
            }
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO chunked_ledger.chunk_key VALUES (?, ?, ?)")) {
                for (List<String> key : chunk.keys()) {
                    insert.setString(1, context.runId());
                    insert.setInt(2, chunk.id());
                    insert.setArray(3, connection.createArrayOf("text", key.toArray()));
                    insert.addBatch();
                }
                insert.executeBatch();
            }
            requireTypes(chunk);
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE chunked_ledger.chunk SET keys_mac = ? WHERE run_id = ? AND chunk_id = ?")) {
                update.setString(1, ChunkWorker.mac(connection, context.runId(), chunk.id(), context.salt()));
                update.setString(2, context.runId());
                update.setInt(3, chunk.id());
                update.executeUpdate();
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    /** A key that is none of its type's fails here, while nothing is planned yet, and not every attempt at its chunk. */
    private void requireTypes(PlannedChunk chunk) throws SQLException {
        List<String> parts = new ArrayList<>();
        for (KeyColumn column : declaration.key()) {
            parts.add("count(held.key[" + (parts.size() + 1) + "]::" + column.type() + ")");
        }
        try (PreparedStatement cast = connection.prepareStatement("SELECT " + String.join(", ", parts)
                + " FROM chunked_ledger.chunk_key AS held WHERE held.run_id = ? AND held.chunk_id = ?")) {
            cast.setString(1, context.runId());
            cast.setInt(2, chunk.id());
            cast.execute();
        }
    }

    /** The parts of a key that may leave the database. */
    private String shown(List<String> key) {
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < key.size(); i++) {
            shown.add(declaration.key().get(i).secret() ? "*" : key.get(i));
        }
        return String.join(" ", shown);
    }

    private void finish() throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE chunked_ledger.run SET rows_planned = ?,"
                + " rows_without_key = ?, planned_at = clock_timestamp() WHERE run_id = ?")) {
            update.setLong(1, rows);
            update.setLong(2, rowsWithoutKey);
            update.setString(3, context.runId());
            update.executeUpdate();
        }
    }
}
