package io.trustpipeline.chunked;

import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.run.StopSignal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The stages of a chunked update, in the order in which the route calls them. Each first looks into the ledger whether it
 * is done already. Thread-safe; also for several processes at once.
 */
public final class ChunkedRun {
    private final Database database;
    private final Declaration declaration;
    private final Progress progress;
    private final StopSignal stop;

    public ChunkedRun(Database database, Declaration declaration, Progress progress, StopSignal stop) {
        this.database = database;
        this.declaration = declaration;
        this.progress = progress;
        this.stop = stop;
    }

    /** A request whose run the ledger knows, and the stage it has reached. */
    public record Claimed(ChunkedRequest request, RunContext context) {}

    /**
     * Connects, and claims the run id for this request.
     *
     * @throws PipelineException REQUEST_REFUSED when the id belongs to another request or another declaration
     */
    public Claimed validate(ChunkedRequest request) {
        progress.stage("validate");
        database.check();
        Claimed claimed = inTransaction("claiming the run", connection -> {
            LedgerTables.create(connection);
            return new Claimed(request, LedgerRuns.claim(connection, request, declaration));
        });
        KillPoint.pass("AFTER_CHUNKED_CLAIM");
        return claimed;
    }

    /** Takes the picture before the first chunk, in one transaction; once a run, never after chunks have changed it. */
    public Claimed snapshot(Claimed run) {
        progress.stage("snapshot");
        inTransaction("the snapshot", connection -> {
            if (LedgerRuns.needsSnapshot(connection, run.context().runId())) {
                run.context().apply(connection);
                Map<String, Long> rows = new LinkedHashMap<>();
                for (SqlFile file : declaration.snapshot()) {
                    rows.put(file.name(), execute(connection, file));
                }
                LedgerRuns.snapshotTaken(connection, run.context().runId(), rows);
            }
            return run;
        });
        KillPoint.pass("AFTER_CHUNKED_SNAPSHOT");
        return run;
    }

    /** Groups the keys into chunks; once a run. */
    public Claimed plan(Claimed run) {
        progress.stage("plan");
        inTransaction(declaration.distribution().name(), connection -> {
            if (LedgerRuns.needsPlan(connection, run.context().runId())) {
                KillPoint.pass("BEFORE_" + declaration.distribution().name());
                new PlanWriter(declaration, run.context(), connection).plan();
            }
            return run;
        });
        KillPoint.pass("AFTER_CHUNKED_PLAN");
        return run;
    }

    /** The plan, for outside the database. */
    public PlanObject planObject(Claimed run) {
        return inTransaction("reading the plan", connection -> {
            ChunkedStatus status = LedgerReading.run(connection, run.context().runId());
            List<PlanObject.Chunk> chunks =
                    LedgerReading.chunks(connection, run.context().runId());
            return PlanObject.of(declaration, status, workers(run, status).concurrency(), chunks);
        });
    }

    /** Carries out every chunk that is not done, by as many workers as the request and the table's size ask for. */
    public Claimed process(Claimed run) {
        progress.stage("process");
        String runId = run.context().runId();
        ChunkedStatus status = inTransaction("the ledger", connection -> {
            ChunkLedger.retryFailed(connection, runId, null);
            return LedgerReading.run(connection, runId);
        });
        pool(run, workers(run, status)).run();
        return run;
    }

    /**
     * Carries out one chunk of a run that is planned.
     *
     * @throws PipelineException what it failed of, or STOPPED when another worker holds it
     */
    void processOne(Claimed run, int chunkId) {
        pool(run, declaration.workers()).one(chunkId);
    }

    private ChunkPool pool(Claimed run, Workers workers) {
        String runId = run.context().runId();
        ChunkWorker worker = new ChunkWorker(declaration, run.context());
        return new ChunkPool(database, workers, worker, runId, stop, progress);
    }

    private Workers workers(Claimed run, ChunkedStatus status) {
        Workers declared = declaration.workers();
        boolean sequential =
                switch (run.request().mode()) {
                    case SEQUENTIAL -> true;
                    case CHUNKED -> false;
                    case AUTO -> status.rowsPlanned() < declared.sequentialBelow();
                };
        return sequential
                ? new Workers(
                        1,
                        declared.sequentialBelow(),
                        declared.leaseSeconds(),
                        declared.retrySeconds(),
                        declared.isolation())
                : declared;
    }

    /** Resolves what is to be resolved, looks at the result, and says how the run ended. */
    public ChunkedReport check(Claimed run) {
        progress.stage("check");
        String runId = run.context().runId();
        ChunkedReport report = inTransaction("the checks", connection -> {
            run.context().apply(connection);
            ChunkedStatus status = LedgerReading.run(connection, runId);
            boolean complete = status.complete();
            long resolved = complete && run.context().resolve() && declaration.resolve() != null
                    ? execute(connection, declaration.resolve())
                    : 0;
            List<Check> checks = checks(connection);
            ChunkedReport.Result result = complete && checks.stream().allMatch(Check::passed)
                    ? ChunkedReport.Result.OK
                    : status.done() == 0 && status.chunks() > 0
                            ? ChunkedReport.Result.FAILED
                            : ChunkedReport.Result.PARTIAL;
            for (SqlFile file : result == ChunkedReport.Result.OK ? declaration.succeeded() : declaration.failed()) {
                execute(connection, file);
            }
            LedgerRuns.finished(connection, runId, result, resolved);
            LedgerRuns.End end = LedgerRuns.end(connection, runId);
            return new ChunkedReport(
                    result,
                    run.context(),
                    LedgerRuns.told(connection, runId),
                    end.at(),
                    LedgerReading.run(connection, runId),
                    LedgerRuns.snapshotRows(connection, runId),
                    end.resolved(),
                    LedgerReading.failures(connection, runId),
                    checks);
        });
        KillPoint.pass("AFTER_CHUNKED_CHECK");
        return report;
    }

    /** People know how the run ended. */
    public ChunkedReport told(ChunkedReport report) {
        KillPoint.pass("AFTER_CHUNKED_NOTIFICATION");
        inTransaction("the ledger", connection -> {
            LedgerRuns.tell(connection, report.run().runId());
            return report;
        });
        KillPoint.pass("AFTER_CHUNKED_TOLD");
        return report;
    }

    /** After a stage other than a chunk failed: the state that people look at says so. */
    public void failed(Claimed run) {
        inTransaction("ending the run", connection -> {
            for (SqlFile file : declaration.failed()) {
                execute(connection, file);
            }
            LedgerRuns.finished(connection, run.context().runId(), ChunkedReport.Result.FAILED, 0);
            return run;
        });
    }

    private List<Check> checks(Connection connection) throws SQLException {
        List<Check> checks = new ArrayList<>();
        if (declaration.checks() != null) {
            KillPoint.pass("BEFORE_" + declaration.checks().name());
            try (PreparedStatement query =
                            connection.prepareStatement(declaration.checks().sql());
                    ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    checks.add(new Check(row.getString(1), row.getBigDecimal(2), row.getBoolean(3)));
                }
            }
        }
        return checks;
    }

    private static long execute(Connection connection, SqlFile file) throws SQLException {
        KillPoint.pass("BEFORE_" + file.name());
        try (Statement statement = connection.createStatement()) {
            return Math.max(0, statement.executeLargeUpdate(file.sql()));
        } catch (SQLException e) {
            throw new SQLException(file.name(), e.getSQLState(), e);
        }
    }

    /** Work that commits at its end or leaves nothing. */
    @FunctionalInterface
    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    private <T> T inTransaction(String step, Work<T> work) {
        return Transactions.run(database, declaration.workers().lease(), step, work);
    }
}
