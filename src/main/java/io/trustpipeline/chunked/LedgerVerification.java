package io.trustpipeline.chunked;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Counts a run again. */
final class LedgerVerification {
    private static final String DIFFERENCES = """
            SELECT 'chunk ' || chunk.chunk_id || ' is ' || chunk.status
            FROM chunked_ledger.chunk AS chunk WHERE chunk.run_id = ? AND chunk.status <> 'done'
            UNION ALL
            SELECT 'chunk ' || chunk.chunk_id || ' lists ' || listed.rows || ' unseen rows, its ledger line says '
                || chunk.rows_unseen
            FROM chunked_ledger.chunk AS chunk
            CROSS JOIN LATERAL (SELECT count(*) AS rows FROM chunked_ledger.unseen AS gone
                WHERE gone.run_id = chunk.run_id AND gone.chunk_id = chunk.chunk_id) AS listed
            WHERE chunk.run_id = ? AND chunk.status = 'done' AND listed.rows <> chunk.rows_unseen
            UNION ALL
            SELECT 'the chunks have ' || sum(chunk.estimated_rows) || ' rows, the plan ' || run.rows_planned
            FROM chunked_ledger.run AS run JOIN chunked_ledger.chunk AS chunk USING (run_id)
            WHERE run.run_id = ? GROUP BY run.run_id HAVING sum(chunk.estimated_rows) <> run.rows_planned
            UNION ALL
            SELECT 'a key stands in chunks ' || string_agg(held.chunk_id::text, ', ')
            FROM chunked_ledger.chunk_key AS held WHERE held.run_id = ? GROUP BY held.key HAVING count(*) > 1""";

    private LedgerVerification() {}

    /** A line for every difference. */
    static List<String> verify(Connection connection, String runId) throws SQLException {
        LedgerReading.run(connection, runId);
        String salt = LedgerRuns.find(connection, runId).orElseThrow().salt();
        List<String> differences =
                new ArrayList<>(LedgerReading.lines(connection, DIFFERENCES, runId, runId, runId, runId));
        for (PlanObject.Chunk chunk : LedgerReading.chunks(connection, runId)) {
            if (!ChunkWorker.mac(connection, runId, chunk.chunkId(), salt).equals(chunk.keysMac())) {
                differences.add("chunk " + chunk.chunkId() + " has other keys than were planned");
            }
        }
        return differences;
    }
}
