package io.trustpipeline.fuzz;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever stands in a file from outside, its reader reads it or refuses it in plain words, soon. */
class FuzzTest {
    @TempDir
    Path folder;

    /** Every reader for {@code -Dfuzz.seconds}, two side by side. */
    @Test
    void damaged_files_are_read_or_refused_and_nothing_worse() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Fuzzer>> running = new ArrayList<>();
            for (Target target : Targets.in(folder)) {
                running.add(pool.submit(() -> {
                    Fuzzer fuzzer = new Fuzzer(target, Fuzzer.seed());
                    System.out.println("fuzz " + fuzzer.run(Fuzzer.duration()));
                    return fuzzer;
                }));
            }
            List<Throwable> findings = new ArrayList<>();
            for (Future<Fuzzer> done : running) {
                try {
                    assertThat(done.get().refused()).isPositive();
                } catch (ExecutionException finding) {
                    findings.add(finding.getCause());
                }
            }
            assertThat(findings).isEmpty();
        } finally {
            pool.shutdownNow();
        }
    }
}
