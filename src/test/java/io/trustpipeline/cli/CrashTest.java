package io.trustpipeline.cli;

import io.trustpipeline.run.KillPoint;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Kills the program with SIGKILL between two steps, starts the same request again, and compares with a run that was not. */
class CrashTest {
    @TempDir
    static Path shared;

    private static Path comments;
    private static Path models;
    private static FinalState uninterrupted;

    @TempDir
    Path folder;

    @BeforeAll
    static void run_once_without_a_kill() throws Exception {
        comments = SmallData.comments(shared.resolve("comments.csv"), 60);
        models = SmallData.models(shared.resolve("models"));
        Path home = shared.resolve("uninterrupted");
        ProgramProcess.Ended ended = ProgramProcess.run(shared, request(home));
        assertThat(ended.status()).as(ended.text()).isZero();
        uninterrupted = FinalState.of(home, "crash-001");
        assertThat(uninterrupted.manifest().at("/rows/scored").asLong()).isPositive();
        assertThat(uninterrupted.manifest().at("/rows/rejected").asLong()).isPositive();
        assertThat(uninterrupted.manifest().path("state").asText()).isEqualTo("NOTIFIED");
    }

    @ParameterizedTest
    @EnumSource(KillPoint.class)
    @Tag("slow")
    void a_run_killed_anywhere_ends_like_one_that_was_not(KillPoint point) throws Exception {
        Path home = folder.resolve("home");
        killAt(point, home);
        ProgramProcess.Ended resumed = ProgramProcess.run(folder, request(home));
        assertThat(resumed.status()).as(resumed.text()).isZero();
        assertThat(FinalState.of(home, "crash-001")).isEqualTo(uninterrupted);
    }

    @Test
    void a_run_killed_again_and_again_still_ends_like_one_that_was_not() throws Exception {
        Path home = folder.resolve("home");
        killAt(KillPoint.AFTER_RAW_OBJECT, home);
        killAt(KillPoint.AFTER_FIRST_BATCH, home);
        killAt(KillPoint.AFTER_SCORED_OBJECT, home);
        killAt(KillPoint.AFTER_LEDGER, home);
        killAt(KillPoint.AFTER_NOTIFICATION, home);
        assertThat(ProgramProcess.run(folder, request(home)).status()).isZero();
        assertThat(FinalState.of(home, "crash-001")).isEqualTo(uninterrupted);
    }

    @Test
    void a_run_that_is_asked_to_stop_says_so_with_its_own_exit_code_and_resumes() throws Exception {
        Path home = folder.resolve("home");
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", "AFTER_PLAN:3000"), request(home))) {
            assertThat(process.prints("paused at AFTER_PLAN")).isTrue();
            process.terminate();
            assertThat(process.end().status()).isEqualTo(75);
        }
        assertThat(ProgramProcess.run(folder, request(home)).status()).isZero();
        assertThat(FinalState.of(home, "crash-001")).isEqualTo(uninterrupted);
    }

    private void killAt(KillPoint point, Path home) throws IOException, InterruptedException {
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", point.name()), request(home))) {
            assertThat(process.prints("paused at " + point.name()))
                    .as("the run passes " + point)
                    .isTrue();
            process.kill();
        }
    }

    private static String[] request(Path home) {
        return new String[] {
            "run",
            "trust",
            "--run-date",
            "2025-09-26",
            "--run-id",
            "crash-001",
            "--up-id",
            "7168",
            "--home",
            home.toString(),
            "--warehouse",
            comments.toString(),
            "--models",
            models.toString()
        };
    }
}
