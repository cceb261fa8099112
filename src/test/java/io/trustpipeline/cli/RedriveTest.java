package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A run that may score short comments only rejects the others; a redrive scores those, and those alone. */
class RedriveTest {
    @TempDir
    Path folder;

    private Path home;
    private Path comments;
    private Path models;
    private Path shortOnly;

    @BeforeEach
    void reject_the_long_comments() throws Exception {
        home = folder.resolve("home");
        comments = SmallData.comments(folder.resolve("comments.csv"), 60);
        models = SmallData.models(folder.resolve("models"));
        shortOnly = Files.writeString(folder.resolve("short.properties"), "trust.models.max-length=60\n");
    }

    @Test
    void a_redrive_scores_what_was_rejected_with_todays_models_and_nothing_else() throws Exception {
        runShort("first");
        List<String> rejected = keys("rejected", "first", "WHERE stage = 'check'");
        assertThat(rejected).hasSizeGreaterThan(5);

        Files.writeString(models.resolve("thresholds.json"), "{\"Respect\": 0.51}");
        Invocation redrive = redrive("first");
        assertThat(redrive.status()).as(redrive.err()).isZero();
        assertThat(redrive.out()).contains("1 rows stay rejected for their keys");
        assertThat(keys("ledger", "first-redrive-1", "")).isEqualTo(rejected);

        JsonNode child = Invocation.manifest(home, "first-redrive-1");
        assertThat(child.path("redrive_of").asText()).isEqualTo("first");
        assertThat(child.at("/rows/scored").asInt()).isEqualTo(rejected.size());
        assertThat(child.at("/rows/exported").asInt()).isEqualTo(rejected.size());
        JsonNode parent = Invocation.manifest(home, "first");
        assertThat(parent.path("redriven_by")).hasSize(1);
        assertThat(parent.at("/redriven_by/0").asText()).isEqualTo("first-redrive-1");
        assertThat(child.at("/themes")).isNotEqualTo(parent.at("/themes"));
        for (String run : List.of("first", "first-redrive-1")) {
            Invocation verified = command("verify", run);
            assertThat(verified.status()).as(verified.err()).isZero();
        }
    }

    @Test
    void explain_shows_a_redriven_comment_in_both_runs() throws Exception {
        runShort("first");
        redrive("first");
        String key = keys("rejected", "first", "WHERE stage = 'check'").get(0);
        String explained = command("explain", key).out();
        assertThat(explained)
                .contains("run first (NOTIFIED, redriven by first-redrive-1), row ")
                .containsPattern("rejected, at check: the text has \\d+ characters; at most 60 are scored")
                .contains("run first-redrive-1 (NOTIFIED, a redrive of first), row ")
                .containsPattern("scored for Respect on \\d{4}-\\d\\d-\\d\\d by model [0-9a-f]{12} with rules")
                .contains(" spans in trust_scoring/scored/run_id=first-redrive-1/part.parquet");
        assertThat(run("next").status()).isZero();
        assertThat(command("explain", key).out())
                .containsPattern("run next .*: already scored for Kindness on .* in run first-redrive-1, spans in ");
    }

    @Test
    void the_parts_that_were_scored_at_once_and_later_are_what_one_run_would_give() throws Exception {
        runShort("first");
        redrive("first");
        Path other = folder.resolve("other");
        Invocation whole = Invocation.of(SmallData.arguments(other, comments, models, "--run-id", "whole"));
        assertThat(whole.status()).as(whole.err()).isZero();
        String columns = "SELECT * EXCLUDE (run_id) FROM ";
        String together = "(" + columns + table(home, "scored", "first") + " UNION ALL " + columns
                + table(home, "scored", "first-redrive-1") + ")";
        String once = "(" + columns + table(other, "scored", "whole") + ")";
        assertThat(query("SELECT count(*) FROM (" + together + " EXCEPT ALL " + once + ")"))
                .containsExactly("0");
        assertThat(query("SELECT count(*) FROM (" + once + " EXCEPT ALL " + together + ")"))
                .containsExactly("0");
    }

    @Test
    void a_redrive_that_was_killed_is_taken_up_again_and_not_begun_twice() throws Exception {
        runShort("first");
        for (String point : List.of("AFTER_SCORED_OBJECT", "AFTER_COMMITTED")) {
            try (ProgramProcess process =
                    ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", point), redriveArguments("first"))) {
                assertThat(process.prints("paused at " + point)).isTrue();
                process.kill();
            }
        }
        assertThat(redrive("first").status()).isZero();
        assertThat(Invocation.bucket(home).resolve("trust_scoring/runs/first-redrive-2"))
                .doesNotExist();
        assertThat(Invocation.manifest(home, "first").path("redriven_by")).hasSize(1);
        assertThat(command("verify", "first-redrive-1").status()).isZero();

        assertThat(redrive("first").status()).isZero();
        assertThat(Invocation.manifest(home, "first-redrive-2")
                        .at("/rows/scored")
                        .asInt())
                .isZero();
        assertThat(Invocation.manifest(home, "first").path("redriven_by")).hasSize(2);
    }

    @Test
    void a_run_whose_rows_were_rejected_for_their_keys_alone_has_nothing_to_redrive() {
        assertThat(run("all").status()).isZero();
        Invocation redrive = redrive("all");
        assertThat(redrive.status()).as(redrive.err()).isZero();
        assertThat(redrive.out()).contains("there is nothing to redrive");
        assertThat(command("status").out()).doesNotContain("all-redrive-1");
        assertThat(redrive("nobody").status()).isEqualTo(64);
    }

    @Test
    void a_run_that_was_cut_off_goes_on_where_it_stopped() throws Exception {
        try (ProgramProcess process = ProgramProcess.start(
                folder,
                Map.of("TRUST_PAUSE_AT", "AFTER_PLAN"),
                SmallData.arguments(home, comments, models, "--run-id", "cut"))) {
            assertThat(process.prints("paused at AFTER_PLAN")).isTrue();
            process.kill();
        }
        Invocation redrive = redrive("cut");
        assertThat(redrive.status()).as(redrive.err()).isZero();
        assertThat(redrive.out()).contains("goes on where it stopped");
        assertThat(Invocation.manifest(home, "cut").path("state").asText()).isEqualTo("NOTIFIED");
    }

    private void runShort(String runId) {
        Invocation run = run(runId, "--config", shortOnly.toString());
        assertThat(run.status()).as(run.err()).isZero();
    }

    private Invocation run(String runId, String... more) {
        List<String> line = new ArrayList<>(List.of("--run-id", runId));
        line.addAll(List.of(more));
        return Invocation.of(SmallData.arguments(home, comments, models, line.toArray(String[]::new)));
    }

    private String[] redriveArguments(String runId) {
        return new String[] {"redrive", runId, "--home", home.toString(), "--models", models.toString()};
    }

    private Invocation redrive(String runId) {
        return Invocation.of(redriveArguments(runId));
    }

    private Invocation command(String... line) {
        List<String> all = new ArrayList<>(List.of(line));
        all.addAll(List.of("--home", home.toString()));
        return Invocation.of(all.toArray(String[]::new));
    }

    private List<String> keys(String kind, String runId, String where) throws SQLException {
        return query("SELECT DISTINCT comment_unique_key FROM " + table(home, kind, runId) + " " + where
                + " ORDER BY comment_unique_key");
    }

    private static String table(Path home, String kind, String runId) {
        String key = kind.equals("ledger")
                ? "trust_scoring/ledger/up_id=7168/" + runId + ".parquet"
                : "trust_scoring/" + kind + "/run_id=" + runId + "/part*.parquet";
        return "read_parquet(" + DuckDb.literal(Invocation.bucket(home) + "/" + key) + ", hive_partitioning = false)";
    }

    private List<String> query(String sql) throws SQLException {
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            return oracle.rows(sql);
        }
    }
}
