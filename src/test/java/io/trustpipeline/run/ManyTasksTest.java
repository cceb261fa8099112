package io.trustpipeline.run;

import io.trustpipeline.run.PreparedRun.Finding;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run carried out by many tasks that die, come twice and come late, over and over in orders drawn from a seed: no row
 * is lost, none is doubled, and what is published belongs together. The protocol is the program's own, down to the SDK's
 * client, whose place a bucket in memory takes.
 */
class ManyTasksTest {
    @TempDir
    Path folder;

    @Test
    void forty_raw_files_lose_and_double_no_row_in_twenty_schedules() throws Exception {
        carryOut(40, 20);
    }

    @Test
    @Tag("schedules")
    void a_thousand_raw_files_lose_and_double_no_row_in_ten_thousand_schedules() throws Exception {
        carryOut(Integer.getInteger("schedule.files", 1_000), Integer.getInteger("schedules", 10_000));
    }

    private void carryOut(int files, int schedules) throws Exception {
        PreparedRun prepared = PreparedRun.of(Files.createDirectory(folder.resolve("files")), files);
        ExecutorService threads = Executors.newCachedThreadPool();
        long first = Long.getLong("schedule.seed", 1);
        long begun = System.nanoTime();
        int failing = 0;
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("oracle"))) {
            for (long seed = first; seed < first + schedules; seed++) {
                ManyTasks execution = new ManyTasks(prepared, folder, threads, seed);
                failing += check(seed, prepared, execution, execution.carryOut(), oracle);
                if ((seed - first + 1) % 100 == 0) {
                    System.out.printf(
                            "%d schedules, %d s%n", seed - first + 1, (System.nanoTime() - begun) / 1_000_000_000);
                }
            }
        } finally {
            threads.shutdown();
        }
        assertThat(failing).as("shards of which one row was rejected").isPositive();
    }

    /** @return how many shards were published with a rejected row */
    private int check(long seed, PreparedRun prepared, ManyTasks execution, ObjectStore store, DuckDbOracle oracle)
            throws Exception {
        RunLayout layout = prepared.planned().run().layout();
        Manifest manifest =
                new RunObjects(store).read(layout.manifestKey(), Manifest.class).orElseThrow();
        int shards = prepared.planned().shards().size();
        assertThat(manifest.state()).as("seed " + seed).isEqualTo(RunState.NOTIFIED);
        assertThat(execution.messages()).as("seed " + seed).isPositive();
        List<String> scored = new ArrayList<>();
        TreeSet<String> rejected = new TreeSet<>();
        for (int shard = 0; shard < shards; shard++) {
            Finding published = prepared.of(manifest.scored().get(shard));
            assertThat(published.shard()).as("seed " + seed).isEqualTo(shard);
            scored.addAll(published.scoredKeys());
            if (published.rejectedSha256() != null) {
                rejected.add(published.rejectedSha256());
            }
        }
        assertThat(manifest.rejected())
                .as("seed %d: the rejected rows that go with what was scored", seed)
                .extracting(StoredObject::sha256)
                .containsExactlyInAnyOrderElementsOf(rejected);
        assertThat(manifest.rows())
                .as("seed " + seed)
                .isEqualTo(new RowCounts((long) shards * PreparedRun.ROWS, scored.size(), 0, rejected.size(), 0));
        assertThat(scored.size() + rejected.size()).as("seed " + seed).isEqualTo(shards * PreparedRun.ROWS);
        Path ledger = folder.resolve("ledger.parquet");
        store.downloadTo(manifest.ledger().key(), ledger).orElseThrow();
        assertThat(oracle.rows("SELECT comment_unique_key FROM " + DuckDbOracle.parquet(ledger) + " ORDER BY ALL"))
                .as("seed %d: the ledger names each scored row once", seed)
                .isEqualTo(scored);
        return rejected.size();
    }
}
