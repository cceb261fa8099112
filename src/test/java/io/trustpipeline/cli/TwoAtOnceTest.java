package io.trustpipeline.cli;

import io.trustpipeline.store.SharedStore;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Real processes on different machines, as it were: homes of their own, one bucket. */
class TwoAtOnceTest {
    @TempDir
    Path folder;

    private SharedStore store;
    private Path comments;
    private Path models;

    @BeforeEach
    void prepare() throws Exception {
        store = new SharedStore(folder.resolve("store"));
        comments = SmallData.comments(folder.resolve("comments.csv"), 60);
        models = SmallData.models(folder.resolve("models"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void the_same_run_started_twice_at_once_is_one_run_and_the_other_says_so() throws Exception {
        try (ProgramProcess one = start("one", "same", Map.of("TRUST_PAUSE_AT", "AFTER_PLAN:1500"));
                ProgramProcess two = start("two", "same", Map.of("TRUST_PAUSE_AT", "AFTER_PLAN:1500"))) {
            ProgramProcess.Ended first = one.end();
            ProgramProcess.Ended second = two.end();
            assertThat(first.status()).as(first.text()).isZero();
            assertThat(second.status()).as(second.text()).isZero();
            assertThat(Stream.of(first.text(), second.text())
                            .filter(text -> text.contains("run same was committed by attempt ")))
                    .hasSize(1);
        }
        everyPairIsScoredOnce(List.of("same"));
        assertThat(Files.readString(run("same", "manifest.json"))).contains("\"NOTIFIED\"");
    }

    @Test
    void of_two_runs_of_one_client_that_commit_at_once_one_wins_and_the_other_publishes_nothing() throws Exception {
        try (ProgramProcess one = start("one", "left", Map.of("TRUST_PAUSE_AT", "BEFORE_TURN"));
                ProgramProcess two = start("two", "right", Map.of("TRUST_PAUSE_AT", "BEFORE_TURN:1"))) {
            assertThat(one.prints("paused at BEFORE_TURN")).isTrue();
            ProgramProcess.Ended winner = two.end();
            assertThat(winner.status()).as(winner.text()).isZero();
            one.kill();
        }
        try (ProgramProcess again = start("one", "left", Map.of())) {
            ProgramProcess.Ended late = again.end();
            assertThat(late.status()).isEqualTo(65);
            assertThat(late.text()).contains("\"left\" was overtaken by run \"right\"");
        }
        everyPairIsScoredOnce(List.of("right"));
        assertThat(run("left", "manifest.json")).doesNotExist();
    }

    @Test
    void two_runs_of_one_client_that_take_the_same_turn_do_not_score_a_row_twice() throws Exception {
        try (ProgramProcess one = start("one", "left", Map.of("TRUST_PAUSE_AT", "BEFORE_TURN:2000"));
                ProgramProcess two = start("two", "right", Map.of("TRUST_PAUSE_AT", "BEFORE_TURN:2000"))) {
            List<Integer> status = List.of(one.end().status(), two.end().status());
            assertThat(status).containsExactlyInAnyOrder(0, 65);
        }
        List<String> committed = Stream.of("left", "right")
                .filter(id -> Files.exists(run(id, "manifest.json")))
                .toList();
        assertThat(committed).hasSize(1);
        everyPairIsScoredOnce(committed);
    }

    @Tag("crash")
    @ParameterizedTest
    @ValueSource(strings = {"AFTER_RAW_OBJECT", "AFTER_PLAN", "AFTER_SCORED_OBJECT", "AFTER_TURN", "AFTER_COMMITTED"})
    void a_process_frozen_anywhere_that_goes_on_after_another_finished_its_run_changes_nothing(String place)
            throws Exception {
        try (ProgramProcess zombie = start("one", "same", Map.of("TRUST_PAUSE_AT", place + ":200"))) {
            assertThat(zombie.prints("paused at " + place)).isTrue();
            zombie.freeze();
            try (ProgramProcess other = start("two", "same", Map.of())) {
                ProgramProcess.Ended ended = other.end();
                assertThat(ended.status()).as(ended.text()).isZero();
            }
            Map<String, String> finished = FinalState.digests(store.folder());
            zombie.thaw();
            ProgramProcess.Ended woken = zombie.end();
            assertThat(woken.status()).as(woken.text()).isZero();
            assertThat(FinalState.digests(store.folder())).isEqualTo(finished);
        }
        everyPairIsScoredOnce(List.of("same"));
        assertThat(Files.list(folder.resolve("outbox"))
                        .filter(file -> file.toString().endsWith(".eml")))
                .hasSize(1);
    }

    private ProgramProcess start(String home, String runId, Map<String, String> more) throws Exception {
        Map<String, String> environment = store.environment(store.endpoint());
        environment.put("TRUST_NOTIFY_FOLDER", folder.resolve("outbox").toString());
        environment.putAll(more);
        return ProgramProcess.start(
                folder,
                environment,
                SmallData.arguments(
                        folder.resolve(home),
                        comments,
                        models,
                        "--run-date",
                        "2025-09-26",
                        "--run-id",
                        runId,
                        "--up-id",
                        "7168"));
    }

    private Path run(String runId, String object) {
        return store.folder().resolve("trust_scoring/runs/" + runId).resolve(object);
    }

    /** The ledger objects are those of these runs, no (comment, theme) stands in them twice, and none is missing. */
    private void everyPairIsScoredOnce(List<String> runIds) throws Exception {
        Path ledger = store.folder().resolve("trust_scoring/ledger/up_id=7168");
        try (Stream<Path> files = Files.list(ledger)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            runIds.stream().map(id -> id + ".parquet").toList());
        }
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            String rows = "read_parquet(" + DuckDb.literal(ledger + "/*.parquet") + ", hive_partitioning = false)";
            String comment = "read_csv(" + DuckDb.file(comments) + ", all_varchar = true)";
            assertThat(oracle.rows("SELECT count(*) - count(DISTINCT (comment_unique_key, theme)) FROM " + rows))
                    .containsExactly("0");
            assertThat(oracle.rows("SELECT count(DISTINCT comment_unique_key) FROM " + rows))
                    .isEqualTo(oracle.rows("SELECT count(DISTINCT comment_unique_key) FROM " + comment
                            + " WHERE trim(cleaned_comment) <> ''"));
        }
    }
}
