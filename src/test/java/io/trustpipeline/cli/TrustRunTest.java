package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class TrustRunTest {
    @TempDir
    Path folder;

    private Path home;
    private Path comments;
    private Path models;

    @BeforeEach
    void prepare() throws Exception {
        home = folder.resolve("home");
        comments = SmallData.comments(folder.resolve("comments.csv"));
        models = SmallData.models(folder.resolve("models"));
    }

    @Test
    void a_run_accounts_for_every_row_and_writes_the_columns_that_analysts_query() throws Exception {
        Invocation run = run("first");
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode rows = Invocation.manifest(home, "first").path("rows");
        assertThat(rows.path("exported").asLong()).isEqualTo(301);
        assertThat(rows.path("rejected").asLong()).isEqualTo(1);
        assertThat(rows.path("already_scored").asLong()).isZero();
        assertThat(rows.path("empty").asLong()).isPositive();
        assertThat(rows.path("scored").asLong() + rows.path("empty").asLong()).isEqualTo(300);
        assertThat(columns(Invocation.scored(home, "first")))
                .containsExactly(
                        "comment_unique_key | VARCHAR",
                        "posted_date | DATE",
                        "cleaned_comment | VARCHAR",
                        "theme | VARCHAR",
                        "theme_text | VARCHAR",
                        "theme_start_char | BIGINT",
                        "theme_end_char | BIGINT",
                        "theme_start_token | BIGINT",
                        "theme_end_token | BIGINT",
                        "score | FLOAT",
                        "relevant | INTEGER",
                        "pattern_check_date | VARCHAR",
                        "recommend | VARCHAR",
                        "confidence | DOUBLE",
                        "label | VARCHAR",
                        "model_digest | VARCHAR",
                        "run_id | VARCHAR");
        assertThat(query("SELECT DISTINCT theme FROM " + scored("first") + " ORDER BY theme"))
                .containsExactly("Kindness", "Respect");
        assertThat(query("SELECT stage || ': ' || reason FROM " + rejected("first")))
                .singleElement()
                .asString()
                .startsWith("plan: comment_unique_key stands again: first in row ");
    }

    @Test
    void every_span_is_the_text_between_its_offsets_in_code_points() throws Exception {
        assertThat(run("first").status()).isZero();
        assertThat(query("SELECT count(*) FROM " + scored("first")
                        + " WHERE substring(cleaned_comment, theme_start_char + 1, theme_end_char - theme_start_char)"
                        + " <> theme_text"))
                .containsExactly("0");
    }

    @Test
    void people_are_told_what_was_done_and_where_it_is() throws Exception {
        Invocation run = Invocation.of(request("first", "--email", "ana@example.org"));
        assertThat(run.status()).as(run.err()).isZero();
        String mail = Files.readString(home.resolve("outbox/first-COMMITTED.eml"));
        assertThat(mail)
                .contains("To: ana@example.org")
                .contains("Subject: Trust scoring done: run first")
                .contains("2025-09-26")
                .contains("up_id 7168");
        String told = Files.readString(home.resolve("outbox/first-COMMITTED.json"));
        assertThat(told)
                .contains("\"notify_email\" : \"ana@example.org\"")
                .contains("s3://trust-pipeline/trust_scoring/scored/run_id=first/");
        assertThat(run.out()).contains("already scored 0 (found in no earlier run)");
    }

    @Test
    void the_same_request_again_does_nothing_and_says_so() throws Exception {
        assertThat(run("first").status()).isZero();
        Map<String, String> before = FinalState.of(home, "first").objects();
        Invocation again = run("first");
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).contains("is done already");
        assertThat(FinalState.of(home, "first").objects()).isEqualTo(before);
    }

    @Test
    void another_run_over_the_same_comments_scores_nothing_and_names_the_run_that_did() throws Exception {
        assertThat(run("first").status()).isZero();
        Invocation second = run("second");
        assertThat(second.status()).as(second.err()).isZero();
        JsonNode manifest = Invocation.manifest(home, "second");
        assertThat(manifest.at("/rows/scored").asLong()).isZero();
        assertThat(manifest.at("/rows/already_scored").asLong())
                .isEqualTo(Invocation.manifest(home, "first").at("/rows/scored").asLong());
        assertThat(manifest.at("/already_scored_in/first").asLong())
                .isEqualTo(manifest.at("/rows/already_scored").asLong());
        assertThat(second.out()).contains("(found in s3://trust-pipeline/trust_scoring/scored/run_id=first/");
        assertThat(query("SELECT count(*) FROM " + scored("second"))).containsExactly("0");
        assertThat(columns(Invocation.scored(home, "second"))).hasSize(17);
    }

    @Test
    void an_edited_comment_and_a_new_theme_are_all_that_is_scored() throws Exception {
        assertThat(run("first").status()).isZero();
        String edited = edit();
        Invocation second = run("second");
        assertThat(second.status()).as(second.err()).isZero();
        assertThat(Invocation.manifest(home, "second").at("/rows/scored").asLong())
                .isEqualTo(1);
        assertThat(query("SELECT DISTINCT comment_unique_key FROM " + scored("second")))
                .isSubsetOf(edited);

        SmallData.copy("x-width-64", models);
        Files.writeString(models.resolve("models.json"), """
                {"Respect": {"path": "x-width-48.tar.gz"}, "Kindness": {"path": "x-deep.tar.gz"},
                 "Gratitude": {"path": "x-width-64.tar.gz"}}
                """);
        Invocation third = run("third");
        assertThat(third.status()).as(third.err()).isZero();
        long scoredFirst = Invocation.manifest(home, "first").at("/rows/scored").asLong();
        assertThat(Invocation.manifest(home, "third").at("/rows/scored").asLong())
                .isEqualTo(scoredFirst);
        assertThat(query("SELECT DISTINCT theme FROM " + scored("third"))).containsExactly("Gratitude");
    }

    @Test
    void a_changed_threshold_scores_its_own_theme_again_and_no_other() throws Exception {
        assertThat(run("first").status()).isZero();
        Files.writeString(models.resolve("thresholds.json"), "{\"Respect\": 0.51}");
        assertThat(run("second").status()).isZero();
        assertThat(Invocation.manifest(home, "second").at("/spans/Kindness").asLong())
                .isZero();
        assertThat(Invocation.manifest(home, "second").at("/spans/Respect").asLong())
                .isPositive();
    }

    @Test
    void all_runs_together_hold_what_one_run_over_the_last_state_would() throws Exception {
        assertThat(run("first").status()).isZero();
        edit();
        assertThat(run("second").status()).isZero();
        String edited = query("SELECT DISTINCT comment_unique_key FROM "
                        + table("trust_scoring/ledger/up_id=7168/second.parquet"))
                .get(0);
        Path other = folder.resolve("other");
        assertThat(Invocation.of(request("whole", "--home", other.toString())).status())
                .isZero();
        String columns = "comment_unique_key, theme, label, theme_start_char, theme_end_char, score, relevant";
        String together = "(SELECT " + columns + " FROM " + scored("first") + " WHERE comment_unique_key <> '" + edited
                + "' UNION ALL SELECT " + columns + " FROM " + scored("second") + ")";
        String whole = "(SELECT " + columns + " FROM read_parquet(" + DuckDb.file(Invocation.scored(other, "whole"))
                + ", hive_partitioning = false))";
        assertThat(query("SELECT count(*) FROM (" + together + " EXCEPT ALL " + whole + ")"))
                .containsExactly("0");
        assertThat(query("SELECT count(*) FROM (" + whole + " EXCEPT ALL " + together + ")"))
                .containsExactly("0");
    }

    @Test
    void a_used_run_id_with_another_request_is_refused() {
        assertThat(run("first").status()).isZero();
        Invocation other = Invocation.of(request("first", "--up-id", "9001"));
        assertThat(other.status()).isEqualTo(64);
        assertThat(other.err()).contains("\"first\" belongs to another request (up_id was 7168, now 9001)");
    }

    @Test
    void an_empty_export_is_a_run_like_any_other() throws Exception {
        Invocation run = Invocation.of(request("none", "--up-id", "4242"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Invocation.manifest(home, "none").at("/rows/exported").asLong())
                .isZero();
        assertThat(columns(Invocation.scored(home, "none"))).hasSize(17);
    }

    @Test
    void verify_agrees_with_a_run_and_finds_what_was_changed_behind_its_back() throws Exception {
        assertThat(run("first").status()).isZero();
        assertThat(verify("first").status()).isZero();
        Files.write(Invocation.scored(home, "first"), new byte[] {0}, StandardOpenOption.APPEND);
        Invocation changed = verify("first");
        assertThat(changed.status()).isEqualTo(65);
        assertThat(changed.err()).contains("scored/run_id=first/part.parquet: its SHA-256 is ");
        assertThat(verify("nobody").status()).isEqualTo(64);
    }

    @Test
    void explain_says_when_by_which_model_and_where_or_why_not() throws Exception {
        assertThat(run("first").status()).isZero();
        String key = query("SELECT comment_unique_key FROM " + table("trust_scoring/ledger/up_id=7168/first.parquet")
                        + " LIMIT 1")
                .get(0);
        Invocation scored = explain(key);
        assertThat(scored.status()).as(scored.err()).isZero();
        assertThat(scored.out())
                .contains("scored for Respect on ")
                .contains("scored for Kindness on ")
                .contains("scored/run_id=first/part.parquet");
        String twice =
                query("SELECT comment_unique_key FROM " + rejected("first")).get(0);
        assertThat(explain(twice).out()).contains("rejected, at plan: comment_unique_key stands again");
        assertThat(explain("no such key").status()).isEqualTo(65);
    }

    @Test
    void status_lists_every_run() {
        assertThat(run("first").status()).isZero();
        assertThat(Invocation.of("status", "--home", home.toString()).out())
                .contains("first")
                .contains("NOTIFIED")
                .contains("exported 301");
    }

    @Test
    void a_run_cut_off_after_its_ledger_is_carried_over_the_line_by_the_next() throws Exception {
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", "AFTER_LEDGER"), request("first"))) {
            assertThat(process.prints("paused at AFTER_LEDGER")).isTrue();
            process.kill();
        }
        assertThat(run("second").status()).isZero();
        assertThat(Invocation.manifest(home, "first").path("state").asText()).isEqualTo("COMMITTED");
        assertThat(Invocation.manifest(home, "second").at("/rows/scored").asLong())
                .isZero();
        assertThat(run("first").status()).isZero();
        assertThat(Invocation.manifest(home, "first").path("state").asText()).isEqualTo("NOTIFIED");
        assertThat(verify("first").status()).isZero();
    }

    @Test
    void a_run_that_was_overtaken_publishes_nothing_so_that_no_row_is_scored_twice() throws Exception {
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", "AFTER_RECEIPT"), request("slow"))) {
            assertThat(process.prints("paused at AFTER_RECEIPT")).isTrue();
            process.kill();
        }
        assertThat(run("quick").status()).isZero();
        Invocation late = run("slow");
        assertThat(late.status()).isEqualTo(65);
        assertThat(late.err()).contains("\"slow\" was overtaken by run \"quick\"");
        assertThat(Invocation.bucket(home).resolve("trust_scoring/runs/slow/manifest.json"))
                .doesNotExist();
        assertThat(Invocation.bucket(home).resolve("trust_scoring/ledger/up_id=7168/slow.parquet"))
                .doesNotExist();
    }

    @Test
    void a_run_resumed_with_other_models_is_refused_by_name() throws Exception {
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", "AFTER_PLAN"), request("first"))) {
            assertThat(process.prints("paused at AFTER_PLAN")).isTrue();
            process.kill();
        }
        Files.writeString(models.resolve("thresholds.json"), "{\"Respect\": 0.9}");
        Invocation resumed = run("first");
        assertThat(resumed.status()).isEqualTo(65);
        assertThat(resumed.err()).contains("was begun with other models, thresholds or exclusions (Respect)");
        assertThat(Files.readString(home.resolve("outbox/first-FAILED.json"))).contains("DATA_REFUSED");
    }

    @Test
    void two_programs_cannot_use_one_home_at_once() throws Exception {
        try (ProgramProcess process =
                ProgramProcess.start(folder, Map.of("TRUST_PAUSE_AT", "AFTER_PLAN"), request("first"))) {
            assertThat(process.prints("paused at AFTER_PLAN")).isTrue();
            Invocation other = run("second");
            assertThat(other.status()).isEqualTo(69);
            assertThat(other.err()).contains("is in use by process ");
            assertThat(Invocation.of("status", "--home", home.toString()).out()).contains("STARTED");
        }
    }

    @Test
    void neither_the_log_nor_the_messages_hold_comment_text() throws Exception {
        assertThat(run("first").status()).isZero();
        List<String> texts = query("SELECT cleaned_comment FROM " + scored("first") + " LIMIT 200");
        try (Stream<Path> files = Stream.concat(Files.list(home.resolve("logs")), Files.list(home.resolve("outbox")))) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContain(texts);
            }
        }
    }

    private String edit() throws IOException, SQLException {
        String edited = query("SELECT comment_unique_key FROM " + table("trust_scoring/ledger/up_id=7168/first.parquet")
                        + " ORDER BY comment_unique_key DESC LIMIT 1")
                .get(0);
        SmallData.replace(comments, edited, "The nurse listened to me and was very kind.");
        return edited;
    }

    private Invocation run(String runId) {
        return Invocation.of(request(runId));
    }

    private Invocation verify(String runId) {
        return Invocation.of("verify", runId, "--home", home.toString());
    }

    private Invocation explain(String key) {
        return Invocation.of("explain", key, "--home", home.toString());
    }

    /** The request of a run; options given again take the place of the usual ones. */
    private String[] request(String runId, String... more) {
        List<String> line = new ArrayList<>(List.of("--run-date", "2025-09-26", "--run-id", runId));
        line.addAll(List.of(more));
        if (!line.contains("--up-id")) {
            line.addAll(List.of("--up-id", "7168"));
        }
        return SmallData.arguments(home, comments, models, line.toArray(String[]::new));
    }

    private String scored(String runId) {
        return table("trust_scoring/scored/run_id=" + runId + "/part.parquet");
    }

    /** The name of a rejected object holds its digest. */
    private String rejected(String runId) {
        Path objects = Invocation.bucket(home).resolve("trust_scoring/rejected/run_id=" + runId);
        return "read_parquet(" + DuckDb.literal(objects + "/part*.parquet") + ", hive_partitioning = false)";
    }

    private String table(String key) {
        return "read_parquet(" + DuckDb.file(Invocation.bucket(home).resolve(key)) + ", hive_partitioning = false)";
    }

    private List<String> columns(Path file) throws SQLException {
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            return oracle.columns(file);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            return oracle.rows(sql);
        }
    }
}
