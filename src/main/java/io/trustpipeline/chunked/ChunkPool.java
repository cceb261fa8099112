package io.trustpipeline.chunked;

import io.trustpipeline.chunked.ChunkWorker.KeysChanged;
import io.trustpipeline.chunked.ChunkWorker.LostLease;
import io.trustpipeline.chunked.ChunkWorker.StatementFailure;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.run.StopSignal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fixed number of workers, each with one connection, that take chunks until none is left. An error that may pass is
 * retried after a pause; any other fails its chunk and leaves the rest alone.
 */
final class ChunkPool {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkPool.class);
    private static final long LOOK_AGAIN_MILLIS = 10;
    private static final long LOOK_AGAIN_AT_MOST_MILLIS = 500;

    private final WorkerConnections connections;
    private final Workers workers;
    private final ChunkWorker worker;
    private final String runId;
    private final StopSignal stop;
    private final Progress progress;

    /** @param progress is told of every chunk that ended */
    ChunkPool(
            Database database, Workers workers, ChunkWorker worker, String runId, StopSignal stop, Progress progress) {
        this.connections = new WorkerConnections(database, workers.lease());
        this.workers = workers;
        this.worker = worker;
        this.runId = runId;
        this.stop = stop;
        this.progress = progress;
    }

    /**
     * Returns when no chunk is pending or running any more, here or elsewhere.
     *
     * @throws PipelineException STOPPED, or what ended a worker; chunks that are done stay done
     */
    void run() {
        ExecutorService threads = Executors.newFixedThreadPool(workers.concurrency());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < workers.concurrency(); i++) {
                running.add(threads.submit(this::takeChunks));
            }
            threads.shutdown();
            finish(running);
        } catch (InterruptedException | CancellationException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "interrupted; the same request resumes", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** One worker that finds nothing left has seen every chunk end: then it is no matter that another could not connect. */
    private static void finish(List<Future<?>> running) throws InterruptedException {
        @Nullable PipelineException failure = null;
        boolean finished = false;
        for (Future<?> one : running) {
            try {
                one.get();
                finished = true;
            } catch (ExecutionException e) {
                failure = e.getCause() instanceof PipelineException known
                        ? known
                        : new PipelineException(ExitCode.DEFECT, "a worker ended: " + e.getCause(), e);
                LOG.warn("a worker ended early: {}", failure.getMessage());
            }
        }
        if (!finished && failure != null) {
            throw failure;
        }
    }

    /**
     * Carries out one chunk, for a task that was given its id. Returns when it is done, by this task or an earlier one.
     *
     * @throws PipelineException what it failed of, or STOPPED when another worker holds it
     */
    void one(int chunkId) {
        Connection connection = connections.open();
        try {
            ChunkLedger.retryFailed(connection, runId, chunkId);
            Optional<ClaimedChunk> claimed = ChunkLedger.claim(connection, runId, workers.lease(), chunkId);
            if (claimed.isPresent()) {
                KillPoint.pass("AFTER_CHUNK_CLAIM");
                Carried carried = carryOut(connection, claimed.get());
                connection = carried.connection();
                if (carried.failure() != null) {
                    throw carried.failure();
                }
            }
            String status = ChunkLedger.status(connection, runId, chunkId);
            if (!status.equals("done")) {
                throw new PipelineException(
                        ExitCode.STOPPED, "chunk " + chunkId + " is " + status + ": another worker holds it");
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e, "the ledger");
        } finally {
            WorkerConnections.close(connection);
        }
    }

    /** The connection to go on with, and what the chunk failed of, if it did. */
    private record Carried(Connection connection, @Nullable PipelineException failure) {}

    private void takeChunks() {
        Connection connection = connections.open();
        long pause = LOOK_AGAIN_MILLIS;
        try {
            while (true) {
                stop.check();
                Optional<ClaimedChunk> claimed = ChunkLedger.claim(connection, runId, workers.lease());
                if (claimed.isPresent()) {
                    KillPoint.pass("AFTER_CHUNK_CLAIM");
                    connection = carryOut(connection, claimed.get()).connection();
                    pause = LOOK_AGAIN_MILLIS;
                    showProgress(connection);
                } else if (ChunkLedger.anyRunning(connection, runId)) {
                    // A worker elsewhere may die and leave its chunk to us.
                    pause(pause);
                    pause = Math.min(2 * pause, LOOK_AGAIN_AT_MOST_MILLIS);
                } else {
                    return;
                }
            }
        } catch (SQLException e) {
            throw DatabaseFailure.of(e, "the ledger");
        } finally {
            WorkerConnections.close(connection);
        }
    }

    private void showProgress(Connection connection) throws SQLException {
        ChunkedStatus now = LedgerReading.run(connection, runId);
        connection.commit();
        progress.rows(now.rowsDone(), now.rowsPlanned());
    }

    /** Tries until the chunk is done, failed or another's. */
    private Carried carryOut(Connection first, ClaimedChunk chunk) throws SQLException {
        Connection connection = first;
        for (int tries = 1; ; tries++) {
            try {
                long start = System.nanoTime();
                ChunkCounts counts = worker.process(connection, chunk);
                double seconds = (System.nanoTime() - start) / 1e9;
                LOG.info(
                        "chunk {} done: {} marked, {} updated, {} unseen, {} s, {} rows/s",
                        chunk.id(),
                        counts.marked(),
                        counts.updated(),
                        counts.unseen(),
                        Math.round(seconds * 1000) / 1000.0,
                        Math.round(chunk.rows() / seconds));
                return new Carried(connection, null);
            } catch (LostLease lost) {
                LOG.warn("chunk {} belongs to another worker by now", chunk.id());
                return new Carried(connections.usable(connection), null);
            } catch (KeysChanged changed) {
                connection = connections.usable(connection);
                return failed(
                        connection,
                        chunk,
                        ExitCode.DATA_REFUSED,
                        "the chunk's keys are not those that were planned; plan a new run");
            } catch (StatementFailure failure) {
                connection = connections.usable(connection);
                long pause = DatabaseFailure.passes(failure.failure()) ? workers.pauseMillis(tries) : -1;
                String error = String.valueOf(failure.getMessage());
                if (pause < 0) {
                    return failed(connection, chunk, DatabaseFailure.exitCode(failure.failure()), error);
                }
                LOG.warn("chunk {} is tried again in {} ms: {}", chunk.id(), pause, failure.getMessage());
                if (!ChunkLedger.renew(connection, chunk, workers.lease().plus(Duration.ofMillis(pause)), error)) {
                    return new Carried(connection, null);
                }
                pause(pause);
            }
        }
    }

    private static Carried failed(Connection connection, ClaimedChunk chunk, ExitCode exitCode, String error)
            throws SQLException {
        LOG.error("chunk {} failed: {}", chunk.id(), error);
        ChunkLedger.failed(connection, chunk, error);
        return new Carried(connection, new PipelineException(exitCode, "chunk " + chunk.id() + " failed: " + error));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "interrupted; the same request resumes", e);
        }
    }
}
