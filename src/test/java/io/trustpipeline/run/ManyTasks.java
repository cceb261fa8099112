package io.trustpipeline.run;

import io.trustpipeline.run.TaskSchedule.Running;
import io.trustpipeline.store.MemoryS3;
import io.trustpipeline.store.ObjectStore;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

/**
 * One execution of a prepared run by many tasks, as a state machine delivers them: some at a time, each at least once.
 * Tasks die anywhere; a task that stands still for long is given up and delivered again while it lives on; some come
 * twice, some after the end. What a task does with the store is the program's own.
 */
final class ManyTasks {
    private static final int CONCURRENCY = 24;
    private static final String COMMIT = "commit";

    private final PreparedRun prepared;
    private final Tables tables;
    private final ScoreTask task;
    private final Path folder;
    private final long seed;
    private final TaskSchedule schedule;
    private final MemoryS3 bucket;
    private final ObjectStore store;
    private final Map<Running, Integer> shardOf = new HashMap<>();
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private int messages;

    ManyTasks(PreparedRun prepared, Tables tables, ScoreTask task, Path folder, ExecutorService threads, long seed) {
        this.prepared = prepared;
        this.tables = tables;
        this.task = task;
        this.folder = folder;
        this.seed = seed;
        this.schedule = new TaskSchedule(seed, threads);
        this.bucket = prepared.bucket().copy(schedule);
        this.store = new ObjectStore(bucket, PreparedRun.BUCKET, "trust_scoring/");
    }

    /** Carries the execution out to its end, and on until the last straggler has ended. @return the bucket as it is then */
    ObjectStore carryOut() {
        List<Integer> order = new ArrayList<>();
        prepared.planned().plan().shards().forEach(shard -> order.add(shard.number()));
        Collections.shuffle(order, schedule.random());
        waiting.addAll(order);
        int left = order.size();
        boolean[] done = new boolean[left];
        while (left > 0) {
            while (!waiting.isEmpty() && schedule.alive() < CONCURRENCY) {
                deliver(waiting.remove());
            }
            Running process = schedule.step();
            int shard = Objects.requireNonNull(shardOf.get(process));
            if (!process.ended()) {
                if (!done[shard] && schedule.random().nextInt(50) == 0) {
                    // Its heartbeat is late: another takes over, and this one knows nothing of it.
                    waiting.add(shard);
                }
            } else if (process.survived()) {
                if (!done[shard]) {
                    done[shard] = true;
                    left--;
                }
                if (schedule.random().nextInt(50) == 0) {
                    waiting.add(shard);
                }
            } else {
                requireKilled(process);
                if (!done[shard]) {
                    waiting.add(shard);
                }
            }
        }
        commit();
        while (schedule.alive() > 0) {
            Running process = schedule.step();
            if (process.ended() && !process.survived()) {
                requireKilled(process);
            }
        }
        return new ObjectStore(bucket.copy(MemoryS3.Gate.OPEN), PreparedRun.BUCKET, "trust_scoring/");
    }

    private void commit() {
        List<Running> commits = new ArrayList<>(List.of(startCommit()));
        while (commits.stream().noneMatch(Running::survived)) {
            Running process = schedule.step();
            if (process.ended() && !process.survived()) {
                requireKilled(process);
            }
            if (commits.stream().allMatch(Running::ended) && commits.stream().noneMatch(Running::survived)
                    || commits.size() < 3 && schedule.random().nextInt(20 + shards() / 4) == 0) {
                commits.add(startCommit());
            }
        }
        // Some come after the end.
        startCommit();
        waiting.add(schedule.random().nextInt(shards()));
        waiting.stream().limit(CONCURRENCY).forEach(this::deliver);
    }

    private Running startCommit() {
        int length = tables.requestsOfCommit(shards());
        int passes = schedule.random().nextBoolean()
                ? schedule.random().nextInt(length)
                // Where it matters most: once the receipts are read.
                : length - 1 - schedule.random().nextInt(30);
        return schedule.start(COMMIT, oneInThree(passes), this::commitTask);
    }

    private void deliver(int shard) {
        Finding finding = prepared.attempt(shard, schedule.random().nextInt(100));
        int passes = oneInThree(schedule.random().nextInt(10));
        shardOf.put(schedule.start("shard " + shard, passes, () -> scoreTask(shard, finding)), shard);
    }

    private int oneInThree(int passes) {
        return schedule.random().nextInt(3) == 0 ? passes : TaskSchedule.NEVER;
    }

    private int shards() {
        return prepared.planned().plan().shards().size();
    }

    private void scoreTask(int shard, Finding finding) {
        Planned planned = prepared.planned();
        Plan.Shard mine = planned.plan().shards().get(shard);
        Receipts receipts = new Receipts(store, workspace("task-"));
        if (!receipts.pending(planned.only(List.of(mine))).isEmpty()) {
            task.carryOut(store, receipts, planned, mine, finding);
        }
    }

    /** What {@code task trust commit} does; the message is a counter. */
    private void commitTask() {
        Workspace workspace = workspace("commit-");
        Run run = new PlannedRuns(store, new Receipts(store, workspace), "trust_scoring/").run("r");
        if (run.state() == RunState.STARTED) {
            StageTimes times = new StageTimes(() -> 0, () -> 0, new Prices(0, 0, 1, 1), new StopSignal());
            Ledger ledger = tables.ledger(store, workspace);
            run = new Committer(store, workspace, ledger, "trust", times, Clock.systemUTC()).commit(prepared.planned());
        }
        if (run.state() == RunState.COMMITTED) {
            messages++;
            new RunJournal(store, Clock.systemUTC()).notified(run, null);
        }
    }

    /** A machine's own; nobody else's, as long as its thread lives. */
    private Workspace workspace(String kind) {
        return tables.workspace(folder.resolve(kind + Thread.currentThread().getName()));
    }

    int messages() {
        return messages;
    }

    /** Tasks that were started to score a shard. */
    int delivered() {
        return shardOf.size();
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }

    private static void requireKilled(Running process) {
        if (!process.killed()) {
            throw new AssertionError(process.name() + " failed", process.failure());
        }
    }
}
