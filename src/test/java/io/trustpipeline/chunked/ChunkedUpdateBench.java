package io.trustpipeline.chunked;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rows a second, WAL and locks of one generated database, updated in turn by each shape, each on a fresh copy: (a) the
 * original's statement as one monolith, and as mark-then-update a chunk, where each chunk joins all visits with themselves;
 * (b) ours with one worker; (c) ours with five.
 */
final class ChunkedUpdateBench {
    private ChunkedUpdateBench() {}

    /**
     * @param arguments groups of visits, about fifteen rows each; days of carers whose three visits clash with nothing;
     *     how many chunks of the original's chunked shape to time; how many rounds
     */
    public static void main(String[] arguments) throws Exception {
        long keys = Long.parseLong(arguments[0]);
        int timed = Integer.parseInt(arguments[2]);
        try (VisitDatabase databases = VisitDatabase.start(keys, Long.parseLong(arguments[1]))) {
            String sample = databases.copy();
            long rows = VisitDatabase.number(sample, "SELECT count(*) FROM conflict.conflictvisitmaps");
            System.out.printf(
                    Locale.ROOT,
                    "%,d rows, %,d visits%n",
                    rows,
                    VisitDatabase.number(sample, "SELECT count(*) FROM analytics.factvisitcallperformance_cr"));
            for (int round = 0; round < Integer.parseInt(arguments[3]); round++) {
                measure("(a) original, monolith", databases.copy(), rows, url -> {
                    original(url, "");
                    return rows;
                });
                String chunked = databases.copy();
                List<PlanObject.Chunk> chunks = plan(chunked, 5);
                measure("(a) original, a chunk at a time", chunked, rows, url -> marked(url, chunks, timed));
                for (int workers : List.of(1, 5)) {
                    String url = databases.copy();
                    plan(url, workers);
                    measure("(" + (workers == 1 ? "b" : "c") + ") ours, workers: " + workers, url, rows, ours -> {
                        process(ours, workers);
                        return rows;
                    });
                }
            }
        }
    }

    /** @return the rows done */
    private interface Timed {
        long run(String url) throws SQLException;
    }

    private static void measure(String name, String url, long rows, Timed timed) throws Exception {
        VisitDatabase.execute(url, "CHECKPOINT");
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong locks = new AtomicLong();
        Thread watch = new Thread(() -> countLocks(url, over, locks));
        watch.start();
        long wal = wal(url);
        long start = System.nanoTime();
        long done = timed.run(url);
        double seconds = (System.nanoTime() - start) / 1e9;
        wal = wal(url) - wal;
        over.set(true);
        watch.join();
        System.out.printf(
                Locale.ROOT,
                "%-34s %,9d of %,9d rows %8.2f s %,9.0f rows/s %,6d WAL bytes/row, at most %d locks%n",
                name,
                done,
                rows,
                seconds,
                done / seconds,
                wal / Math.max(1, done),
                locks.get());
    }

    /** Locks on objects of this database, ten times a second; row locks lie in the rows and are not among them. */
    private static void countLocks(String url, AtomicBoolean over, AtomicLong most) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            while (!over.get()) {
                try (ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM pg_locks WHERE pid <> pg_backend_pid()"
                                + " AND granted AND (database = (SELECT oid FROM pg_database WHERE datname ="
                                + " current_database()) OR locktype = 'transactionid')")) {
                    row.next();
                    most.set(Math.max(most.get(), row.getLong(1)));
                }
                Thread.sleep(100);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long wal(String url) throws SQLException {
        return VisitDatabase.number(url, "SELECT (pg_current_wal_lsn() - '0/0')::bigint");
    }

    private static ChunkedRun run(String url, int workers) {
        Declaration declared = VisitDatabase.conflicts();
        Workers some = new Workers(workers, 0, 30, List.of(2.0, 4.0, 8.0), Isolation.READ_COMMITTED);
        return VisitDatabase.run(url, VisitDatabase.conflicts(declared.chunks(), some));
    }

    private static ChunkedRun.Claimed claim(ChunkedRun run) {
        return run.validate(
                new ChunkedRequest("bench", VisitDatabase.RUN_DATE, ChunkedRequest.Mode.CHUNKED, false, null));
    }

    private static List<PlanObject.Chunk> plan(String url, int workers) {
        ChunkedRun run = run(url, workers);
        ChunkedRun.Claimed planned = run.plan(run.snapshot(claim(run)));
        return new ArrayList<>(run.planObject(planned).chunks());
    }

    private static void process(String url, int workers) {
        ChunkedRun run = run(url, workers);
        run.process(claim(run));
    }

    /** Marks and updates, each in its own transaction. */
    private static void original(String url, String chunk) throws SQLException {
        VisitDatabase.execute(url, OriginalShape.mark(chunk));
        VisitDatabase.execute(url, OriginalShape.update(chunk));
    }

    /** The first chunks of our own plan, each by the original's shape, with its keys matched exactly. */
    private static long marked(String url, List<PlanObject.Chunk> chunks, int timed) throws SQLException {
        long done = 0;
        for (PlanObject.Chunk chunk : chunks) {
            if (chunk.chunkId() < timed) {
                original(
                        url,
                        " AND (cvm.\"VisitDate\", cvm.\"SSN\") IN (SELECT held.key[1]::date, held.key[2]"
                                + " FROM chunked_ledger.chunk_key AS held WHERE held.chunk_id = " + chunk.chunkId()
                                + ")");
                done += chunk.estimatedRows();
            }
        }
        return done;
    }
}
