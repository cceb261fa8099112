package io.trustpipeline.chunked;

import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The runs of a database, for people who look. Nothing here changes a run; no key is ever shown. Thread-safe. */
public final class ChunkedRuns {
    private static final String CHUNKS_OF_KEY = """
            SELECT 'run ' || run.run_id || ', chunk ' || chunk.chunk_id || ': ' || CASE
                WHEN chunk.status <> 'done' THEN chunk.status || coalesce(', ' || chunk.error, '')
                WHEN ? = ANY (looked_at.unseen) THEN 'looked at and not found again'
                ELSE 'found again, or another job''s' END
            FROM chunked_ledger.chunk_key AS held
            JOIN chunked_ledger.chunk AS chunk USING (run_id, chunk_id)
            JOIN chunked_ledger.run AS run USING (run_id)
            LEFT JOIN chunked_ledger.looked_at AS looked_at USING (run_id, chunk_id)
            WHERE held.key = (""";
    private static final String LISTED = """
            SELECT 'run ' || gone.run_id || ', chunk ' || gone.chunk_id || ': looked at and not found again'
            FROM chunked_ledger.unseen AS gone JOIN chunked_ledger.run AS run USING (run_id)
            WHERE gone.row_id = ? ORDER BY run.started_at""";
    private static final String CHUNKS = """
            SELECT 'chunk ' || chunk_id || ' ' || status || ': ' || estimated_rows || ' rows, ' || num_keys || ' keys'
                || CASE WHEN oversize THEN ', oversize' ELSE '' END || ', tries ' || attempts
                || coalesce(', ' || round(extract(epoch FROM finished_at - started_at)::numeric, 2) || ' s, '
                    || round(estimated_rows / nullif(extract(epoch FROM finished_at - started_at), 0)) || ' rows/s', '')
                || coalesce(', marked ' || rows_marked || ', updated ' || rows_updated || ', unseen ' || rows_unseen, '')
                || coalesce(', last error: ' || error, '')
            FROM chunked_ledger.chunk WHERE run_id = ? ORDER BY chunk_id""";

    private final Database database;
    private final Declaration declaration;

    public ChunkedRuns(Database database, Declaration declaration) {
        this.database = database;
        this.declaration = declaration;
    }

    /** Every run, the newest last. */
    public List<ChunkedStatus> runs() {
        return look("the ledger", LedgerReading::runs);
    }

    /** @throws PipelineException REQUEST_REFUSED when there is no such run */
    public ChunkedStatus status(String runId) {
        return look("the ledger", connection -> LedgerReading.run(connection, runId));
    }

    /** A line a chunk of a run: rows, seconds, rows a second, tries, what it failed of last. */
    public List<String> chunks(String runId) {
        return look("the ledger", connection -> LedgerReading.lines(connection, CHUNKS, runId));
    }

    /** A recount of a run: an empty list when the ledger, the plan and the data agree. */
    public List<String> verify(String runId) {
        return look("verifying", connection -> LedgerVerification.verify(connection, runId));
    }

    /** In which chunk of which run a row was, and what became of it there; empty when it was in none. */
    public List<String> explain(String rowId) {
        return look("the row's id", connection -> {
            @Nullable KeyColumn row = declaration.row();
            if (row == null) {
                return LedgerReading.lines(connection, LISTED, rowId);
            }
            List<String> parts = new ArrayList<>();
            for (KeyColumn key : declaration.key()) {
                parts.add("found.\"" + key.column() + "\"::" + key.type() + "::text");
            }
            String keyOfRow = "SELECT ARRAY[" + String.join(", ", parts) + "] FROM " + declaration.table()
                    + " AS found WHERE found.\"" + row.column() + "\" = ?::" + row.type();
            return LedgerReading.lines(
                    connection, CHUNKS_OF_KEY + keyOfRow + ") ORDER BY run.started_at", rowId, rowId);
        });
    }

    /** The request of a run, to take it up again. */
    public Optional<ChunkedRequest> find(String runId, ChunkedRequest.Mode mode) {
        return look("the ledger", connection -> LedgerRuns.find(connection, runId))
                .map(run -> new ChunkedRequest(runId, run.runDate(), mode, run.resolve(), run.email()));
    }

    private <T> T look(String step, ChunkedRun.Work<T> work) {
        return Transactions.run(database, declaration.workers().lease(), step, connection -> {
            createLedger(connection);
            return work.with(connection);
        });
    }

    private static void createLedger(Connection connection) throws SQLException {
        if (LedgerReading.lines(
                        connection,
                        "SELECT to_regclass('chunked_ledger.run')::text WHERE to_regclass("
                                + "'chunked_ledger.run') IS NOT NULL")
                .isEmpty()) {
            LedgerTables.create(connection);
        }
    }
}
