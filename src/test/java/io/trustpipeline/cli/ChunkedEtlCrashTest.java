package io.trustpipeline.cli;

import io.trustpipeline.chunked.VisitDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The chunked update as its users start it, killed with SIGKILL, and what it leaves behind for people to read. */
class ChunkedEtlCrashTest {
    private static VisitDatabase databases;
    private static String uninterrupted;

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    @BeforeAll
    static void run_once_without_a_kill() throws Exception {
        databases = VisitDatabase.start(1_200);
        String url = databases.copy();
        ProgramProcess.Ended ended = ProgramProcess.run(shared, request(shared, url));
        assertThat(ended.status()).as(ended.text()).isZero();
        uninterrupted = VisitDatabase.fingerprint(url);
        saysNoSsn(shared, url, ended.text());
    }

    @AfterAll
    static void stop() throws Exception {
        databases.close();
    }

    @Test
    void a_run_killed_again_and_again_ends_like_one_that_was_not() throws Exception {
        String url = databases.copy();
        for (String place :
                List.of("AFTER_CHUNKED_PLAN", "BEFORE_update.sql", "BEFORE_CHUNK_COMMIT", "AFTER_CHUNK_COMMIT")) {
            killAt(place, url);
        }
        endsLikeTheOther(url);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEFORE_reminders-missing.sql",
                "BEFORE_reminders-changed.sql",
                "BEFORE_snapshot-empty.sql",
                "BEFORE_snapshot-copy.sql",
                "BEFORE_run-started.sql",
                "AFTER_CHUNKED_SNAPSHOT",
                "BEFORE_distribution.sql",
                "AFTER_CHUNKED_PLAN",
                "AFTER_CHUNK_CLAIM",
                "BEFORE_scope.sql",
                "BEFORE_visit.sql",
                "BEFORE_detect.sql",
                "BEFORE_mark.sql",
                "BEFORE_update.sql",
                "BEFORE_unseen.sql",
                "BEFORE_CHUNK_COMMIT",
                "AFTER_CHUNK_COMMIT",
                "BEFORE_resolve.sql",
                "BEFORE_checks.sql",
                "BEFORE_run-succeeded.sql",
                "AFTER_CHUNKED_CHECK"
            })
    void a_run_killed_anywhere_ends_like_one_that_was_not(String place) throws Exception {
        String url = databases.copy();
        killAt(place, url);
        endsLikeTheOther(url);
    }

    @Tag("slow")
    @Test
    void a_run_killed_while_its_update_runs_ends_like_one_that_was_not() throws Exception {
        String url = databases.copy();
        try (Connection holder = DriverManager.getConnection(url)) {
            holder.setAutoCommit(false);
            try (Statement lock = holder.createStatement()) {
                lock.execute("SELECT 1 FROM conflict.conflictvisitmaps FOR UPDATE");
            }
            try (ProgramProcess process = ProgramProcess.start(folder, Map.of(), request(folder, url))) {
                String waiting = "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%UPDATE%'";
                for (int i = 0; i < 600 && VisitDatabase.number(url, waiting) == 0; i++) {
                    Thread.sleep(100);
                }
                assertThat(VisitDatabase.number(url, waiting)).isPositive();
                process.kill();
            }
            holder.rollback();
        }
        expireLeases(url);
        endsLikeTheOther(url);
    }

    private void endsLikeTheOther(String url) throws Exception {
        ProgramProcess.Ended resumed = ProgramProcess.run(folder, request(folder, url));
        assertThat(resumed.status()).as(resumed.text()).isZero();
        assertThat(VisitDatabase.fingerprint(url)).isEqualTo(uninterrupted);
        assertThat(VisitDatabase.number(url, "SELECT \"InProgressFlag\" FROM conflict.settings"))
                .isZero();
        saysNoSsn(folder, url, resumed.text());
    }

    private void killAt(String place, String url) throws Exception {
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", place), request(folder, url))) {
            assertThat(process.prints("paused at " + place))
                    .as("the run passes " + place)
                    .isTrue();
            process.kill();
        }
        expireLeases(url);
    }

    /** Nobody waits half a minute in a test for the dead worker's lease. */
    private static void expireLeases(String url) throws Exception {
        VisitDatabase.execute(
                url, "UPDATE chunked_ledger.chunk SET lease_until = clock_timestamp() WHERE status = 'running'");
    }

    /** Neither on the screen nor in any file of the home: logs, plan, request. */
    private static void saysNoSsn(Path home, String url, String screen) throws Exception {
        StringBuilder everything = new StringBuilder(screen);
        int plans = 0;
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                everything.append(Files.readString(file, StandardCharsets.ISO_8859_1));
                plans += file.endsWith("plan.json") ? 1 : 0;
            }
        }
        assertThat(plans).isEqualTo(1);
        List<String> numbers = VisitDatabase.lines(url, "SELECT DISTINCT btrim(\"SSN\") FROM analytics.dimcaregiver");
        assertThat(numbers).isNotEmpty();
        for (String number : numbers) {
            assertThat(everything).doesNotContain(number).doesNotContain(number.replace("-", ""));
        }
    }

    /** A chunked update with everything in it. */
    static String[] request(Path home, String url) {
        return new String[] {
            "run",
            "chunked-etl",
            "--run-id",
            "crash-001",
            "--run-date",
            "2025-09-26",
            "--mode",
            "chunked",
            "--resolve",
            "--database",
            url,
            "--home",
            home.toString()
        };
    }
}
