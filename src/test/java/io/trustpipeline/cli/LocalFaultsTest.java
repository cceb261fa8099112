package io.trustpipeline.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What fails on the machine itself: its disk and its clock, from a place of the run on. */
@Tag("faults")
class LocalFaultsTest {
    private static final String RUN_ID = "fault-001";

    @TempDir
    static Path shared;

    private static Path comments;
    private static Path models;
    private static FinalState right;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void run_once_without_a_fault() throws Exception {
        home = folder.resolve("home");
        if (right == null) {
            comments = SmallData.comments(shared.resolve("comments.csv"), 30);
            models = SmallData.models(shared.resolve("models"));
            Path other = shared.resolve("right");
            ProgramProcess.Ended ended = ProgramProcess.run(shared, request(other));
            assertThat(ended.status()).as(ended.text()).isZero();
            right = FinalState.of(other, RUN_ID);
        }
    }

    /** From the place on, no file can grow beyond so many bytes: what a write meets on a full disk. */
    @ParameterizedTest
    @CsvSource({
        "AFTER_CLAIM, 0", "AFTER_CLAIM, 512", "AFTER_CLAIM, 2048",
        "AFTER_RAW_OBJECT, 0", "AFTER_RAW_OBJECT, 512", "AFTER_RAW_OBJECT, 2048",
        "AFTER_EXPORT, 0", "AFTER_EXPORT, 512", "AFTER_EXPORT, 2048",
        "AFTER_PLAN, 0", "AFTER_PLAN, 512", "AFTER_PLAN, 2048",
        "AFTER_RECEIPT, 0", "AFTER_RECEIPT, 512", "AFTER_RECEIPT, 2048",
        "AFTER_LEDGER, 0", "AFTER_LEDGER, 512", "AFTER_LEDGER, 2048",
        "AFTER_COMMITTED, 0", "AFTER_COMMITTED, 512", "AFTER_COMMITTED, 2048"
    })
    void a_disk_that_fills_ends_a_run_that_resumes(String place, long bytes) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit");
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", place + ":1500"), request(home))) {
            assertThat(process.prints("paused at " + place)).isTrue();
            process.limitFiles(bytes);
            ProgramProcess.Ended full = process.end();
            System.out.println(place + " " + bytes + ": " + full.status() + " "
                    + full.lines().stream()
                            .filter(line -> line.startsWith("trust-pipeline"))
                            .toList());
            assertThat(full.status() == 0 || NamedErrors.documented().has(full))
                    .as(full.text())
                    .isTrue();
        }
        endsRight();
    }

    @ParameterizedTest
    @CsvSource({
        "AFTER_PLAN, 30", "AFTER_PLAN, -30",
        "AFTER_RECEIPT, 30", "AFTER_RECEIPT, -30",
        "AFTER_COMMITTED, 900", "AFTER_COMMITTED, -900"
    })
    void a_clock_that_jumps_changes_nothing_but_moments(String place, int hours) throws Exception {
        Path jump = folder.resolve("jump");
        Map<String, String> environment = Map.of(
                "TRUST_PAUSE_AT",
                place + ":500",
                "CLOCK_JUMP_FILE",
                jump.toString(),
                "CLOCK_JUMP_HOURS",
                Integer.toString(hours));
        try (ProgramProcess process =
                ProgramProcess.start(JumpingClock.class, List.of(), folder, environment, request(home))) {
            assertThat(process.prints("paused at " + place)).isTrue();
            Files.createFile(jump);
            ProgramProcess.Ended ended = process.end();
            assertThat(ended.status()).as(ended.text()).isZero();
        }
        assertThat(FinalState.of(home, RUN_ID)).isEqualTo(right);
    }

    private void endsRight() throws Exception {
        ProgramProcess.Ended again = ProgramProcess.run(folder, request(home));
        assertThat(again.status()).as(again.text()).isZero();
        assertThat(FinalState.of(home, RUN_ID).ofCommitted()).isEqualTo(right);
    }

    private static String[] request(Path home) {
        return SmallData.arguments(
                home, comments, models, "--run-date", "2025-09-26", "--run-id", RUN_ID, "--up-id", "7168");
    }
}
