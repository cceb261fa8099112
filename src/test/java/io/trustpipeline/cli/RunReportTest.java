package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The reports of two runs of one client, the second after a threshold was raised. */
class RunReportTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HOSTILE =
            "The <script>alert(1)</script> nurse was very kind to me \u001b[31m and listened well. Thank you!";

    @TempDir
    static Path folder;

    private static Path home;
    private static Path comments;
    private static Path models;

    @BeforeAll
    static void run_twice() throws Exception {
        home = folder.resolve("home");
        comments = SmallData.comments(folder.resolve("comments.csv"), 150);
        models = SmallData.models(folder.resolve("models"));
        SmallData.replace(
                comments, query("SELECT max(comment_unique_key) FROM " + csv()).get(0), HOSTILE);
        Files.writeString(models.resolve("thresholds.json"), "{\"Respect\": 0.3, \"Kindness\": 0.6}");
        run("first");
        Files.writeString(models.resolve("thresholds.json"), "{\"Respect\": 0.7, \"Kindness\": 0.6}");
        run("second");
    }

    private static Invocation run(String runId) {
        Invocation run = Invocation.of(SmallData.arguments(
                home, comments, models, "--run-id", runId, "--up-id", "7168", "--run-date", "2025-09-26"));
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    @Test
    void its_figures_are_those_that_another_reader_counts() throws Exception {
        for (String runId : List.of("first", "second")) {
            JsonNode report = report(runId);
            assertThat(report.path("rows"))
                    .isEqualTo(Invocation.manifest(home, runId).path("rows"));
            for (JsonNode theme : report.path("themes")) {
                String name = theme.path("theme").asText();
                String spans =
                        "FROM " + table("scored/run_id=" + runId + "/part.parquet") + " WHERE theme = '" + name + "'";
                assertThat(query("SELECT count(*), count(*) FILTER (relevant = 1) " + spans))
                        .containsExactly(theme.path("spans") + " | " + theme.path("relevant"));
                assertThat(query("SELECT count(*) FROM " + table("ledger/up_id=7168/" + runId + ".parquet")
                                + " WHERE theme = '" + name + "'"))
                        .containsExactly(theme.path("scored").toString());
                List<String> classes = new ArrayList<>();
                List<String> counted = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    classes.add("count(*) FILTER (score >= " + i / 20.0 + " AND score < "
                            + (i == 19 ? 2 : (i + 1) / 20.0) + ")");
                    counted.add(theme.path("scores").get(i).toString());
                }
                assertThat(query("SELECT " + String.join(", ", classes) + " " + spans))
                        .containsExactly(String.join(" | ", counted));
            }
            long comments = 0;
            for (JsonNode each : report.at("/text_lengths/classes")) {
                comments += each.path("comments").asLong();
            }
            assertThat(comments).isEqualTo(report.at("/rows/exported").asLong());
        }
        assertThat(report("first").at("/rejected/0/reason").asText())
                .isEqualTo("comment_unique_key stands again: first in row N of raw object N");
    }

    @Test
    void it_is_what_its_schema_says() throws Exception {
        JsonNode schema = JSON.readTree(SmallData.PROJECT
                .resolve("src/main/resources/schemas/run-report.schema.json")
                .toFile());
        for (String runId : List.of("first", "second")) {
            assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                            .getSchema(schema)
                            .validate(report(runId)))
                    .isEmpty();
        }
    }

    @Test
    void a_threshold_is_the_one_that_held_be_it_the_models_own() throws Exception {
        assertThat(theme("first", "Respect").at("/thresholds/*").asDouble()).isEqualTo(0.5);
        assertThat(theme("second", "Respect").at("/thresholds/*").asDouble()).isEqualTo(0.7);
    }

    @Test
    void it_compares_a_run_with_the_clients_last() throws Exception {
        assertThat(report("first").has("compared_with")).isFalse();
        JsonNode second = report("second");
        assertThat(second.at("/compared_with/run_id").asText()).isEqualTo("first");
        assertThat(second.at("/text_lengths/stability_index").asDouble()).isZero();
        assertThat(theme("second", "Kindness").path("scored").asLong()).isZero();
        for (JsonNode theme : second.path("themes")) {
            assertThat(theme.path("per_1000_before"))
                    .isEqualTo(theme("first", theme.path("theme").asText()).path("per_1000"));
        }
    }

    @Test
    void the_examples_are_the_spans_nearest_above_their_thresholds_in_their_sentences() throws Exception {
        JsonNode examples = report("first").path("examples");
        assertThat(examples).hasSize(30);
        double last = 0;
        for (JsonNode each : examples) {
            assertThat(each.path("above_threshold").asDouble()).isGreaterThanOrEqualTo(last);
            last = each.path("above_threshold").asDouble();
            JsonNode span = each.path("spans").get(0);
            String sentence = each.path("sentence").asText();
            assertThat(sentence.codePointCount(0, sentence.length()))
                    .isGreaterThanOrEqualTo(span.path("end").asInt());
        }
        String nearest = query("SELECT min(score) FROM " + table("scored/run_id=first/part.parquet")
                        + " WHERE theme = 'Respect' AND relevant = 1 AND theme_end_char > theme_start_char")
                .get(0);
        double lowest = Double.MAX_VALUE;
        for (JsonNode each : examples) {
            if (each.path("theme").asText().equals("Respect")) {
                lowest = Math.min(lowest, each.path("score").asDouble());
            }
        }
        assertThat(lowest).isEqualTo(Double.parseDouble(nearest));
    }

    @Test
    void the_same_objects_give_the_same_bytes() throws Exception {
        Path copy = Folders.copy(home, folder.resolve("copy"));
        for (String name : List.of("report.html", "report.json")) {
            Files.delete(runs(copy).resolve("second").resolve(name));
            Path again = folder.resolve("again-" + name);
            assertThat(Invocation.of("report", "second", "--home", copy.toString(), "--out", again.toString())
                            .status())
                    .isZero();
            assertThat(again)
                    .hasSameBinaryContentAs(runs(home).resolve("second").resolve(name));
        }
        Invocation none = Invocation.of("report", "second", "--home", copy.toString());
        assertThat(none.status()).isEqualTo(65);
        assertThat(none.err()).contains("has no report in its store; --out FILE.html makes one");
    }

    @Test
    void people_are_told_where_it_is() throws Exception {
        assertThat(Files.readString(home.resolve("outbox/first-COMMITTED.json")))
                .contains("\"report\" : \"s3://trust-pipeline/trust_scoring/runs/first/report.html\"");
        Invocation where = Invocation.of("report", "first", "--home", home.toString());
        assertThat(Path.of(where.out().strip())).isEqualTo(runs(home).resolve("first/report.html"));
    }

    @Test
    void a_report_that_cannot_be_made_holds_up_no_run_and_is_made_up_for_by_the_same_request() throws Exception {
        Path other = folder.resolve("other");
        Files.createDirectories(runs(other).resolve("damaged"));
        Files.writeString(runs(other).resolve("damaged/report.json"), "none of ours");
        Path few = SmallData.comments(folder.resolve("few.csv"), 3);
        String[] request = SmallData.arguments(
                other, few, models, "--run-id", "damaged", "--up-id", "7168", "--run-date", "2025-09-26");
        Invocation run = Invocation.of(request);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Invocation.manifest(other, "damaged").path("state").asText()).isEqualTo("NOTIFIED");
        assertThat(run.out()).doesNotContain("opens in a browser");
        assertThat(Files.readString(other.resolve("logs/trust-pipeline.jsonl"))).contains("run {} has no report: {}");

        Files.delete(runs(other).resolve("damaged/report.json"));
        Invocation again = Invocation.of(request);
        assertThat(again.status()).as(again.err()).isZero();
        assertThat(again.out()).contains("opens in a browser");
        assertThat(runs(other).resolve("damaged/report.html")).isRegularFile();
    }

    @Test
    void a_higher_threshold_tried_is_a_higher_threshold_scored() throws Exception {
        JsonNode before = theme("first", "Respect");
        JsonNode after = theme("second", "Respect");
        assertThat(after.path("relevant").asLong()).isPositive();
        assertThat(after.path("spans").asLong()).isLessThan(before.path("spans").asLong());
        Invocation tried = Invocation.of(
                "thresholds", "try", "first", "--theme", "Respect", "--at", "0.7", "--home", home.toString());
        assertThat(tried.status()).as(tried.err()).isZero();
        assertThat(tried.out().lines().map(line -> line.strip().replace(",", "").replaceAll(" +", " ")))
                .contains("spans " + before.path("spans") + " now " + after.path("spans") + " then "
                        + (after.path("spans").asLong() - before.path("spans").asLong()))
                .contains("relevant spans " + before.path("relevant") + " now " + after.path("relevant") + " then "
                        + plus(after.path("relevant").asLong()
                                - before.path("relevant").asLong()));
    }

    private static String plus(long difference) {
        return (difference > 0 ? "+" : "") + difference;
    }

    /** Below what held in the run, with spans that were kept aside: the run's own rows are not enough. */
    @ParameterizedTest
    @CsvSource({"first, 0.5, 0.42", "second, 0.7, 0.6"})
    void a_lower_threshold_tried_is_a_lower_threshold_scored(String runId, String held, String lower) throws Exception {
        String then = "FROM " + scored(lower);
        String now = "FROM " + table("scored/run_id=" + runId + "/part.parquet") + " WHERE theme = 'Respect'";
        List<String> expected = new ArrayList<>();
        for (String count : List.of(
                "spans: count(*)",
                "relevant spans: count(*) FILTER (relevant = 1)",
                "comments with one: count(DISTINCT comment_unique_key) FILTER (relevant = 1)")) {
            String[] parts = count.split(": ");
            long before = Long.parseLong(query("SELECT " + parts[1] + " " + now).get(0));
            long after = Long.parseLong(query("SELECT " + parts[1] + " " + then).get(0));
            expected.add(parts[0] + " " + before + " now " + after + " then " + plus(after - before));
        }
        assertThat(query("SELECT count(*) " + then + " WHERE score < " + held).get(0))
                .isNotEqualTo("0");
        Invocation tried = Invocation.of(
                "thresholds", "try", runId, "--theme", "Respect", "--at", lower, "--home", home.toString());
        assertThat(tried.status()).as(tried.err()).isZero();
        assertThat(tried.out().lines().map(line -> line.strip().replace(",", "").replaceAll(" +", " ")))
                .containsAll(expected)
                .contains("Some that would come nearest the threshold first:");
    }

    /** Below what held in the run, so that some of its near misses become spans. */
    @Test
    void thresholds_applied_give_the_rows_that_scoring_gives_without_a_model() throws Exception {
        Path copy = Folders.copy(home, folder.resolve("applied"));
        Path lower = Folders.copy(models, folder.resolve("applied-models"));
        Files.writeString(lower.resolve("thresholds.json"), "{\"Respect\": 0.6, \"Kindness\": 0.6}");
        Invocation applied =
                Invocation.of("thresholds", "apply", "second", "--home", copy.toString(), "--models", lower.toString());
        assertThat(applied.status()).as(applied.err()).isZero();
        JsonNode manifest = Invocation.manifest(copy, "second-recut-1");
        assertThat(manifest.path("recut_of").asText()).isEqualTo("second");
        assertThat(manifest.at("/spans/Kindness").asLong()).isZero();
        for (JsonNode stage : manifest.path("stages")) {
            assertThat(stage.at("/actual/tokens").asLong()).isZero();
        }
        String rows = "SELECT CAST(comment_unique_key AS VARCHAR), cleaned_comment, theme, label, theme_text,"
                + " theme_start_char, theme_end_char, theme_start_token, theme_end_token, score, relevant, model_digest FROM ";
        String now = rows
                + "read_parquet("
                + DuckDb.file(
                        Invocation.bucket(copy).resolve("trust_scoring/scored/run_id=second-recut-1/part.parquet"))
                + ", hive_partitioning = false)";
        String then = rows + scored("0.6");
        assertThat(query("SELECT count(*) FROM (" + now + ") WHERE score < 0.7").get(0))
                .isNotEqualTo("0");
        assertThat(query("(" + now + " EXCEPT ALL " + then + ") UNION ALL (" + then + " EXCEPT ALL " + now + ")"))
                .isEmpty();
        assertThat(Invocation.of("verify", "second-recut-1", "--home", copy.toString())
                        .status())
                .isZero();
    }

    /** The comments scored anew with another threshold, whatever the model's own is. */
    private static synchronized String scored(String threshold) throws Exception {
        Path scored = folder.resolve("scored-" + threshold + ".parquet");
        if (!Files.exists(scored)) {
            Path other = Folders.copy(models, folder.resolve("models-" + threshold));
            Files.writeString(other.resolve("thresholds.json"), "{\"Respect\": " + threshold + "}");
            Files.writeString(
                    other.resolve("models.json"),
                    "{\"Respect\": {\"path\": \"x-width-48.tar.gz\", \"respect_model_threshold\": false}}");
            Invocation score = Invocation.of(
                    "score", "--models", other.toString(), "--in", comments.toString(), "--out", scored.toString());
            assertThat(score.status()).as(score.err()).isZero();
        }
        // A run refuses the second of two rows with the same key.
        return "(SELECT * FROM read_parquet(" + DuckDb.file(scored) + ") WHERE cleaned_comment <> 'Said twice.')";
    }

    @Test
    void what_a_run_did_not_keep_cannot_be_tried() {
        Invocation tried =
                Invocation.of("thresholds", "try", "--theme", "Respect", "--at", "0.2", "--home", home.toString());
        assertThat(tried.status()).isEqualTo(64);
        assertThat(tried.err())
                .contains("--at: 0.2 is below 0.56; run second kept no span of Respect with a lower score");
        assertThat(Invocation.of("thresholds", "try", "--theme", "Wit", "--at", "0.9", "--home", home.toString())
                        .err())
                .contains("\"Wit\" is none of the run's themes: ");
    }

    @Test
    void thresholds_are_tuned_against_what_people_marked() throws Exception {
        Path gold = folder.resolve("gold.csv");
        String found = "SELECT comment_unique_key, theme, theme_start_char, theme_end_char, max(score) AS score FROM "
                + table("scored/run_id=first/part.parquet") + " WHERE theme = 'Respect' GROUP BY ALL";
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            oracle.execute("COPY (SELECT * EXCLUDE (score) FROM (" + found + ") WHERE score >= 0.6 UNION ALL SELECT"
                    + " comment_unique_key, 'Respect', 0, 1000000 FROM (" + found + ") WHERE score >= 0.65) TO "
                    + DuckDb.literal(gold.toString()) + " (FORMAT csv, HEADER true)");
        }
        String looked = " FROM (" + found + ") WHERE comment_unique_key IN (SELECT comment_unique_key FROM (" + found
                + ") WHERE score >= 0.6)";
        List<String> counts =
                query("SELECT count(*) FILTER (score >= 0.6), (SELECT count(*) FROM (SELECT DISTINCT * FROM "
                        + "read_csv(" + DuckDb.file(gold) + ")))" + looked);
        double right = Double.parseDouble(counts.get(0).split(" \\| ")[0]);
        double marked = Double.parseDouble(counts.get(0).split(" \\| ")[1]);
        Path page = folder.resolve("thresholds.html");
        Invocation tuned = Invocation.of(
                "thresholds",
                "tune",
                "first",
                "--gold",
                gold.toString(),
                "--out",
                page.toString(),
                "--home",
                home.toString());
        assertThat(tuned.status()).as(tuned.err()).isZero();
        assertThat(tuned.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains("Respect")
                .anyMatch(line -> line.startsWith("0.60 1.000 %.3f %.3f %d "
                        .formatted(right / marked, 2 * right / (right + marked), (long) right)));
        assertThat(Files.readString(page))
                .contains("<td>%.3f</td><td>%.3f</td><td>%,d</td>"
                        .formatted(right / marked, 2 * right / (right + marked), (long) right));
    }

    @ParameterizedTest
    @CsvSource({"390,light", "390,dark", "820,light", "820,dark", "1440,light", "1440,dark"})
    @Tag("slow")
    void a_browser_shows_it_at_every_width_and_axe_finds_nothing(int width, String scheme) throws Exception {
        Optional<Path> chromium = HeadlessPage.browser();
        assumeTrue(chromium.isPresent(), "skipped: no Chromium on this machine");
        HeadlessPage page = new HeadlessPage(
                chromium.get(), Files.createDirectories(folder.resolve("browser-" + width + "-" + scheme)));
        JsonNode seen = page.examine(runs(home).resolve("second/report.html"), width, scheme.equals("dark"));
        assertThat(seen.path("dark").asBoolean()).isEqualTo(scheme.equals("dark"));
        assertThat(seen.path("width").asInt()).isEqualTo(width);
        assertThat(seen.path("contentWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(seen.path("loaded")).isEmpty();
        assertThat(seen.path("scripts").asInt())
                .as("scripts in the page itself")
                .isZero();
        assertThat(seen.path("violations")).isEmpty();
    }

    @Test
    void spans_are_shown_in_their_sentences_and_no_comment_commands_the_terminal() throws Exception {
        String key = query("SELECT comment_unique_key FROM " + table("scored/run_id=second/part.parquet")
                        + " WHERE cleaned_comment LIKE '%<script>%' LIMIT 1")
                .get(0);
        Invocation shown = Invocation.of("spans", "show", "second", "--key", key, "--home", home.toString());
        assertThat(shown.status()).as(shown.err()).isZero();
        assertThat(shown.out()).startsWith("comment " + key).contains("[").doesNotContain("\u001b");
        long count = Long.parseLong(query("SELECT count(*) FROM " + table("scored/run_id=second/part.parquet")
                        + " WHERE comment_unique_key = '" + key + "' AND theme = 'Respect'")
                .get(0));
        assertThat(Invocation.of(
                                "spans",
                                "show",
                                "second",
                                "--key",
                                key,
                                "--theme",
                                "Respect",
                                "--limit",
                                "1000",
                                "--home",
                                home.toString())
                        .out()
                        .lines()
                        .filter(line -> line.startsWith("  Respect")))
                .hasSize((int) count);
    }

    private static JsonNode theme(String runId, String name) throws IOException {
        for (JsonNode theme : report(runId).path("themes")) {
            if (theme.path("theme").asText().equals(name)) {
                return theme;
            }
        }
        throw new AssertionError(name);
    }

    private static String csv() {
        return "read_csv(" + DuckDb.file(comments) + ", all_varchar = true)";
    }

    private static Path runs(Path anyHome) {
        return Invocation.bucket(anyHome).resolve("trust_scoring/runs");
    }

    private static JsonNode report(String runId) throws IOException {
        return JSON.readTree(runs(home).resolve(runId).resolve("report.json").toFile());
    }

    private static String table(String key) {
        return "read_parquet("
                + DuckDb.file(Invocation.bucket(home).resolve("trust_scoring").resolve(key))
                + ", hive_partitioning = false)";
    }

    private static List<String> query(String sql) throws SQLException {
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            return oracle.rows(sql);
        }
    }
}
