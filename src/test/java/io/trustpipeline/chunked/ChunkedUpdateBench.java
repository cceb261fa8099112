package io.trustpipeline.chunked;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Rows a second and WAL of one database, updated in turn: by one monolithic statement with the self-join of all visits; by
 * mark-then-update for each chunk with that same unrestricted self-join; by ours with one worker; by ours with five.
 */
final class ChunkedUpdateBench {
    private static final String RESTRICTED = """
            FROM scope
            JOIN visit AS base ON base.id = scope."VisitID"
            JOIN visit AS con ON con.id = scope."ConVisitID"
            """;
    private static final String SELF_JOIN = """
            FROM visit AS base
            JOIN visit AS con ON con.day = base.day AND con.ssn = base.ssn
            JOIN conflict.conflictvisitmaps AS scope
                ON scope."VisitID" = base.id AND scope."ConVisitID" = con.id AND scope."UpdateFlag" = 1
            """;

    private ChunkedUpdateBench() {}

    /** @param arguments groups of visits, about sixteen rows each; and how many chunks of the marked shape to time */
    public static void main(String[] arguments) throws Exception {
        long keys = Long.parseLong(arguments[0]);
        int timed = Integer.parseInt(arguments[1]);
        try (VisitDatabase databases = VisitDatabase.start(keys)) {
            String sample = databases.copy();
            long rows = VisitDatabase.number(sample, "SELECT count(*) FROM conflict.conflictvisitmaps");
            System.out.println(rows + " rows");
            measure("(a) monolith", databases.copy(), rows, url -> {
                original(url, "", "");
                return rows;
            });
            measure("(a) marked chunks, unrestricted self-join", databases.copy(), rows, url -> marked(url, timed));
            Declaration declared = VisitDatabase.conflicts();
            for (int workers : List.of(1, 5)) {
                Workers some = new Workers(workers, 0, 30, List.of(2.0, 4.0, 8.0), Isolation.READ_COMMITTED);
                String url = databases.copy();
                ChunkedRun run = VisitDatabase.run(url, VisitDatabase.conflicts(declared.chunks(), some));
                ChunkedRun.Claimed planned = run.plan(run.snapshot(run.validate(
                        new ChunkedRequest("bench", VisitDatabase.RUN_DATE, ChunkedRequest.Mode.CHUNKED, false))));
                measure("ours, " + workers + " workers", url, rows, ignored -> {
                    run.process(planned);
                    return rows;
                });
            }
        }
    }

    /** @return the rows done */
    private interface Timed {
        long run(String url) throws SQLException;
    }

    private static void measure(String name, String url, long rows, Timed timed) throws SQLException {
        VisitDatabase.execute(url, "CHECKPOINT");
        long wal = VisitDatabase.number(url, "SELECT (pg_current_wal_lsn() - '0/0')::bigint");
        long start = System.nanoTime();
        long done = timed.run(url);
        double seconds = (System.nanoTime() - start) / 1e9;
        wal = VisitDatabase.number(url, "SELECT (pg_current_wal_lsn() - '0/0')::bigint") - wal;
        System.out.printf(
                "%-45s %,9d of %,9d rows %8.2f s %,9.0f rows/s %,6d WAL bytes/row%n",
                name, done, rows, seconds, done / seconds, wal / Math.max(1, done));
    }

    /** Marks and updates, each in its own transaction, as the original does, by its own filter. */
    private static void original(String url, String markFilter, String updateFilter) throws SQLException {
        Declaration declared = VisitDatabase.conflicts();
        String detect = declared.prepare().get(0).sql();
        int from = detect.indexOf("WITH scope");
        int visit = detect.indexOf("visit AS MATERIALIZED");
        String selfJoin = detect.substring(0, from) + "WITH " + detect.substring(visit);
        selfJoin = selfJoin.replace(
                        "FROM wanted\n    JOIN analytics.factvisitcallperformance_cr AS fact ON"
                                + " fact.\"VisitID\" = wanted.id\n",
                        "FROM analytics.factvisitcallperformance_cr AS fact\n")
                .replace(RESTRICTED, SELF_JOIN + updateFilter);
        String update = declared.update().sql();
        update = update.substring(0, update.indexOf("    AND (map.\"SameSchTimeFlag\""));
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE conflict.conflictvisitmaps AS map SET \"UpdateFlag\" = 1"
                    + " WHERE map.\"CONFLICTID\" IS NOT NULL" + markFilter);
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL chunked.window_start = '2023-09-26'");
            statement.execute("SET LOCAL chunked.window_end = '2025-11-10'");
            statement.execute(selfJoin);
            statement.execute(update);
            connection.commit();
        }
    }

    /** The first chunks of our own plan, each by the original's shape. */
    private static long marked(String url, int timed) throws SQLException {
        ChunkedRun run = VisitDatabase.run(url, VisitDatabase.conflicts());
        ChunkedRun.Claimed planned = run.plan(
                run.validate(new ChunkedRequest("marked", VisitDatabase.RUN_DATE, ChunkedRequest.Mode.CHUNKED, false)));
        long done = 0;
        for (PlanObject.Chunk chunk : run.planObject(planned).chunks()) {
            if (chunk.chunkId() < timed) {
                String filter = " AND (%s.\"VisitDate\", %s.\"SSN\") IN (SELECT held.key[1]::date, held.key[2]"
                        + " FROM chunked_ledger.chunk_key AS held WHERE held.chunk_id = " + chunk.chunkId() + ")";
                original(url, filter.formatted("map", "map"), filter.formatted("scope", "scope") + "\n");
                done += chunk.estimatedRows();
            }
        }
        return done;
    }
}
