package io.trustpipeline.run;

import io.trustpipeline.store.ObjectHead;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDbOracle;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A run carried out by many tasks that die, come twice and come late, over and over in orders drawn from a seed: no row
 * is lost, none is doubled, and what is published belongs together. The protocol is the program's own, down to the SDK's
 * client, whose place a bucket in memory takes.
 */
class ManyTasksTest {
    /** Of one schedule a single thread runs at a time, and handing over takes longer than most turns: a core has several. */
    private static final int WORKERS_PER_CORE = 4;

    @TempDir
    Path folder;

    private PreparedRun prepared;
    private final AtomicInteger carriedOut = new AtomicInteger();
    private final AtomicInteger tasks = new AtomicInteger();
    private final AtomicInteger failing = new AtomicInteger();

    @Test
    void forty_raw_files_lose_and_double_no_row_in_twenty_schedules() throws Exception {
        prepared = PreparedRun.of(Files.createDirectory(folder.resolve("files")), 40);
        carryOut(Tables.real(), ScoreTask.OURS, 20, 1);
        assertThat(failing.get()).as("shards of which one row was rejected").isPositive();
    }

    @Test
    void a_task_that_marks_before_it_writes_is_found_out() throws Exception {
        prepared = PreparedRun.of(Files.createDirectory(folder.resolve("files")), 40);
        assertThatThrownBy(() -> carryOut(Tables.remembering(prepared), ScoreTask.MARKING_FIRST, 5, 1))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("what the manifest names stands in the bucket");
    }

    @Test
    @Tag("schedules")
    void a_thousand_raw_files_lose_and_double_no_row_in_ten_thousand_schedules() throws Exception {
        int files = Integer.getInteger("schedule.files", 1_000);
        prepared = PreparedRun.of(Files.createDirectory(folder.resolve("files")), files);
        carryOut(
                Tables.remembering(prepared),
                ScoreTask.OURS,
                Integer.getInteger("schedules", 10_000),
                WORKERS_PER_CORE * Runtime.getRuntime().availableProcessors());
        assertThat(failing.get()).as("shards of which one row was rejected").isPositive();
    }

    /** @param atOnce schedules that are carried out side by side; each has a bucket of its own */
    private void carryOut(Tables tables, ScoreTask task, int schedules, int atOnce) throws Exception {
        long first = Long.getLong("schedule.seed", 1);
        AtomicInteger next = new AtomicInteger();
        long begun = System.nanoTime();
        ExecutorService threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> workers = new ArrayList<>();
            for (int worker = 0; worker < atOnce; worker++) {
                Path mine = Files.createDirectory(folder.resolve("worker-" + worker));
                Path machines = mine.resolve("machines");
                workers.add(threads.submit(() -> {
                    try (DuckDbOracle oracle = new DuckDbOracle(mine.resolve("oracle"))) {
                        for (int schedule = next.getAndIncrement();
                                schedule < schedules;
                                schedule = next.getAndIncrement()) {
                            carryOut(
                                    new ManyTasks(prepared, tables, task, machines, threads, first + schedule), oracle);
                            // Threads are many over the time, and each leaves a folder with a file a shard.
                            FileUtils.deleteDirectory(machines.toFile());
                            report(schedules, (System.nanoTime() - begun) / 1e9);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private void carryOut(ManyTasks execution, DuckDbOracle oracle) throws Exception {
        ObjectStore store = execution.carryOut();
        tasks.addAndGet(execution.delivered());
        assertThat(execution.messages()).as(execution + ": messages").isPositive();
        failing.addAndGet(check(execution, store, oracle));
    }

    private void report(int schedules, double seconds) {
        int done = carriedOut.incrementAndGet();
        if (done % 100 == 0 || done == schedules) {
            System.out.printf(
                    "%,d schedules of %,d files in %.0f s: %,d tasks, %,.0f a second%n",
                    done, prepared.planned().shards().size(), seconds, tasks.get(), tasks.get() / seconds);
        }
    }

    /** @return how many shards were published with a rejected row */
    private int check(ManyTasks execution, ObjectStore store, DuckDbOracle oracle) throws Exception {
        RunLayout layout = prepared.planned().run().layout();
        Manifest manifest =
                new RunObjects(store).read(layout.manifestKey(), Manifest.class).orElseThrow();
        int shards = prepared.planned().shards().size();
        assertThat(manifest.state()).as(execution.toString()).isEqualTo(RunState.NOTIFIED);
        assertThat(manifest.scored()).as(execution.toString()).hasSize(shards);
        for (StoredObject object : Stream.concat(manifest.scored().stream(), manifest.rejected().stream())
                .toList()) {
            assertThat(store.head(object.key()).flatMap(ObjectHead::sha256))
                    .as("%s, %s: what the manifest names stands in the bucket", execution, object.key())
                    .contains(object.sha256());
        }
        assertThat(store.list(layout.scoredPrefix()))
                .as("%s: whoever reads all scored objects reads those of the manifest", execution)
                .hasSize(shards);
        List<String> scored = new ArrayList<>();
        TreeSet<String> rejected = new TreeSet<>();
        for (int shard = 0; shard < shards; shard++) {
            Finding published = prepared.of(manifest.scored().get(shard));
            assertThat(published.shard()).as(execution.toString()).isEqualTo(shard);
            scored.addAll(published.keys());
            if (published.rejected() != null) {
                rejected.add(published.rejected().object().sha256());
            }
        }
        assertThat(manifest.rejected())
                .as("%s: the rejected rows that go with what was scored", execution)
                .extracting(StoredObject::sha256)
                .containsExactlyInAnyOrderElementsOf(rejected);
        assertThat(manifest.rows())
                .as(execution.toString())
                .isEqualTo(new RowCounts((long) shards * PreparedRun.ROWS, scored.size(), 0, rejected.size(), 0));
        assertThat(scored.size() + rejected.size()).as(execution.toString()).isEqualTo(shards * PreparedRun.ROWS);
        Path ledger = folder.resolve("ledger-" + Thread.currentThread().getName() + ".parquet");
        store.downloadTo(manifest.ledger().key(), ledger).orElseThrow();
        assertThat(oracle.rows("SELECT comment_unique_key FROM " + DuckDbOracle.parquet(ledger) + " ORDER BY ALL"))
                .as("%s: the ledger names each scored row once", execution)
                .isEqualTo(scored);
        return rejected.size();
    }
}
