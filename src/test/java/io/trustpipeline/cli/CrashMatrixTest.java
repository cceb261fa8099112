package io.trustpipeline.cli;

import io.trustpipeline.chunked.VisitDatabase;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills real processes with SIGKILL at every kill point of every pipeline: once, twice in a row, during recovery, and at
 * random moments; and compares what stands in the end with a run that nobody killed. {@code crash.repetitions} and
 * {@code crash.seed} choose how often and which, {@code crash.pipeline} (part of a name) leaves the other pipelines out.
 */
@Tag("crash")
class CrashMatrixTest {
    private static final int AT_ONCE = 3;

    @TempDir
    Path folder;

    @Test
    void whatever_is_killed_wherever_the_end_is_that_of_a_run_that_was_not() throws Exception {
        int repetitions = Integer.getInteger("crash.repetitions", 1);
        long seed = Long.getLong("crash.seed", 7);
        String only = System.getProperty("crash.pipeline", "");
        long started = System.nanoTime();
        try (VisitDatabase databases = VisitDatabase.start(200);
                CommentServer comments = CommentServer.start(SmallData.comments(folder.resolve("comments.csv"), 60))) {
            List<CrashSubject.Pipeline> pipelines = List.<CrashSubject.Pipeline>of(
                            TrustCrash.first(folder("first")),
                            TrustCrash.second(folder("second")),
                            TasksCrash.over(folder("tasks"), comments),
                            ChunkedCrash.over(folder("chunked"), databases),
                            FeaturesCrash.over(folder("features")),
                            CreditsCrash.over(folder("credits")))
                    .stream()
                    .filter(pipeline -> pipeline.name().contains(only))
                    .toList();
            Map<CrashSubject.Pipeline, Object> uninterrupted = new HashMap<>();
            List<CrashTrial> trials = new ArrayList<>();
            for (CrashSubject.Pipeline pipeline : pipelines) {
                long from = System.nanoTime();
                uninterrupted.put(pipeline, CrashTrial.uninterrupted(pipeline));
                long millis = (System.nanoTime() - from) / 1_000_000;
                trials.addAll(CrashMatrix.trials(pipeline, repetitions, millis, seed));
            }
            Collections.shuffle(trials, new Random(seed));
            List<CrashTrial.Outcome> outcomes = run(trials, uninterrupted);
            CrashReport report = new CrashReport(
                    pipelines,
                    outcomes,
                    (System.nanoTime() - started) / 1_000_000_000,
                    "%s, %d processors, Java %s, %d repetition(s), seed %d"
                            .formatted(
                                    LocalDate.now(ZoneOffset.UTC),
                                    Runtime.getRuntime().availableProcessors(),
                                    Runtime.version().feature(),
                                    repetitions,
                                    seed));
            System.out.println(report.table());
            assertThat(report.differences()).isEmpty();
            if (only.isEmpty()) {
                report.write(SmallData.PROJECT.resolve("docs/reliability.md"));
            }
        }
    }

    private Path folder(String name) throws Exception {
        return Files.createDirectories(folder.resolve(name));
    }

    private static List<CrashTrial.Outcome> run(
            List<CrashTrial> trials, Map<CrashSubject.Pipeline, Object> uninterrupted) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<CrashTrial.Outcome>> running = new ArrayList<>();
            for (CrashTrial trial : trials) {
                running.add(threads.submit(() -> {
                    CrashTrial.Outcome outcome = trial.run(uninterrupted.get(trial.pipeline()));
                    if (outcome.difference() != null) {
                        System.out.println(outcome);
                    }
                    return outcome;
                }));
            }
            List<CrashTrial.Outcome> outcomes = new ArrayList<>();
            for (Future<CrashTrial.Outcome> each : running) {
                outcomes.add(each.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }
}
