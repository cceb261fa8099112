package io.trustpipeline.cli;

import io.trustpipeline.score.Tar;
import io.trustpipeline.table.DuckDb;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a person sees who gives the program something wrong: {@code docs/errors.md}, row by row. */
class BadInputTest {
    private static final String HEADER = "comment_unique_key,up_id,posted_date,cleaned_comment\n";

    @TempDir
    Path folder;

    private Path comments;
    private Path models;

    @BeforeEach
    void prepare() throws Exception {
        comments = folder.resolve("comments.csv");
        models = SmallData.models(folder.resolve("models"));
        Files.writeString(comments, HEADER + "k1,7168,2024-01-02,The nurse was very kind.\n");
    }

    @Test
    void all_wrong_fields_of_a_request_are_named_at_once() throws IOException {
        Path request = folder.resolve("request.json");
        Files.writeString(request, """
                {"run_date": "2025-13-01", "run_id": "../../etc", "up_id": "7168; DROP TABLE x", "colour": "red"}
                """);
        Invocation refused = run("--input", request.toString());
        assertThat(refused.status()).isEqualTo(64);
        assertThat(refused.err().lines()).hasSize(4);
        assertThat(refused.err()).contains("run_date", "2025-13-01", "run_id", "../../etc", "up_id", "colour");
        assertThat(folder.resolve("home/s3/trust-pipeline/trust_scoring")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "\"text\"", "{} {}", ""})
    void a_request_that_is_not_one_json_object_is_refused(String json) throws IOException {
        Path request = folder.resolve("request.json");
        Files.writeString(request, json);
        assertRefused(64, "trust-pipeline: request: not ", run("--input", request.toString()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--run-date=2025-02-30", "--run-date=20250926", "--run-id=a/b", "--run-id=..", "--up-id=-1"})
    void a_bad_field_on_the_command_line_is_refused(String flag) {
        String value = flag.substring(flag.indexOf('=') + 1);
        assertRefused(64, value, run(flag));
    }

    @Test
    void a_missing_column_is_named_with_those_that_are_there() throws IOException {
        Files.writeString(comments, "comment_unique_key,up_id,posted_date,text\nk1,7168,2024-01-02,Kind.\n");
        assertRefused(65, "cleaned_comment", run());
    }

    @Test
    void a_missing_table_is_named() throws Exception {
        Path database = folder.resolve("empty.duckdb");
        try (DuckDb scratch = DuckDb.inMemory(DuckDb.Limits.standard(folder.resolve("spill")))) {
            scratch.execute("ATTACH " + DuckDb.literal(database.toString()) + " AS made");
        }
        assertRefused(65, "all_cleaned_comments", run("--warehouse", "jdbc:duckdb:" + database));
    }

    @Test
    void a_column_of_the_wrong_type_is_named_with_row_and_wish() throws IOException {
        Files.writeString(comments, HEADER + "k1,seven,2024-01-02,Kind.\n");
        assertRefused(65, "up_id", run());
        Files.writeString(comments, HEADER + "k1,7168,yesterday,Kind.\n");
        assertRefused(65, "posted_date", run());
    }

    @Test
    void a_file_without_the_comments_column_cannot_be_scored() throws IOException {
        Files.writeString(comments, "id,text\n1,Kind.\n");
        assertRefused(65, "cleaned_comment", score(comments));
    }

    @Test
    void unreadable_parquet_is_refused() throws IOException {
        Path parquet = folder.resolve("comments.parquet");
        Files.writeString(parquet, "not Parquet at all");
        assertRefused(65, "comments.parquet", run("--warehouse", parquet.toString()));
        assertRefused(65, "comments.parquet", score(parquet));
    }

    @Test
    void a_source_that_is_not_there_is_a_matter_of_configuration() {
        assertRefused(
                78,
                "nowhere.csv",
                run("--warehouse", folder.resolve("nowhere.csv").toString()));
    }

    @Test
    void a_model_of_an_unknown_architecture_is_named() throws IOException {
        refusedModel("mish-encoder");
        assertRefused(65, "Mish", run());
        assertRefused(65, "Mish", score(comments));
    }

    @Test
    void a_truncated_archive_is_named() throws IOException {
        Path archive = models.resolve("x-deep.tar.gz");
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(bytes, bytes.length / 2));
        assertRefused(65, "x-deep.tar.gz", run());
    }

    @Test
    void an_archive_that_reaches_outside_is_named_and_writes_nothing_there() throws IOException {
        Files.delete(models.resolve("x-deep.tar.gz"));
        Tar.of(models.resolve("x-deep.tar.gz"), "model/config.cfg", "../../../outside.txt");
        assertRefused(65, "../../../outside.txt", run());
        try (var files = Files.walk(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString)).doesNotContain("outside.txt");
        }
    }

    @Test
    void thresholds_that_mean_nothing_are_all_named() throws IOException {
        Files.writeString(models.resolve("thresholds.json"), """
                {"Respect": 1.5, "Kindness": -0.1, "Gratitude": 0.5}
                """);
        Invocation refused = run();
        assertThat(refused.status()).isEqualTo(78);
        assertThat(refused.err().lines()).hasSize(3);
        assertThat(refused.err()).contains("1.5", "-0.1", "\"Gratitude\": no such theme");
    }

    @Test
    void a_threshold_for_a_label_that_the_model_does_not_have_is_named() throws IOException {
        Files.writeString(models.resolve("thresholds.json"), """
                {"Respect": {"NO_SUCH_LABEL": 0.5}}
                """);
        assertRefused(78, "NO_SUCH_LABEL", run());
    }

    @Test
    void storage_that_is_down_is_unavailable_and_named() throws Exception {
        Path settings = folder.resolve("settings.properties");
        Files.writeString(settings, """
                trust.storage.bucket=somewhere
                trust.storage.endpoint=http://127.0.0.1:1
                """);
        Map<String, String> credentials = Map.of("AWS_ACCESS_KEY_ID", "none", "AWS_SECRET_ACCESS_KEY", "none");
        String[] arguments = arguments("--config", settings.toString());
        try (ProgramProcess process = ProgramProcess.start(folder, credentials, arguments)) {
            ProgramProcess.Ended ended = process.end();
            assertThat(ended.status()).as(ended.text()).isEqualTo(69);
            assertThat(ended.lines()).last().asString().contains("trust-pipeline: ", "127.0.0.1:1");
        }
    }

    @Test
    void settings_that_are_wrong_are_all_named() throws IOException {
        Path settings = folder.resolve("settings.properties");
        Files.writeString(settings, """
                trust.models.threads=many
                trust.storage.buket=typo
                """);
        Invocation refused = run("--config", settings.toString());
        assertThat(refused.status()).isEqualTo(78);
        assertThat(refused.err()).contains("trust.models.threads", "many", "trust.storage.buket");
    }

    private void refusedModel(String name) throws IOException {
        Path archive = SmallData.PROJECT.resolve("src/test/resources/spacy/refused/" + name + ".tar.gz");
        Files.copy(archive, models.resolve("odd.tar.gz"));
        Files.writeString(
                models.resolve("models.json"), "{\"Odd\": {\"path\": \"odd.tar.gz\"}}", StandardCharsets.UTF_8);
    }

    private Invocation run(String... more) {
        return Invocation.of(arguments(more));
    }

    private String[] arguments(String... more) {
        return SmallData.arguments(folder.resolve("home"), comments, models, more);
    }

    private Invocation score(Path in) {
        return Invocation.of(
                "score",
                "--models",
                models.toString(),
                "--in",
                in.toString(),
                "--out",
                folder.resolve("spans.parquet").toString(),
                "--home",
                folder.resolve("home").toString());
    }

    /** One line, the exit code, the words; and nothing that looks like a result. */
    private void assertRefused(int status, String words, Invocation invocation) {
        assertThat(invocation.err()).contains(words);
        assertThat(invocation.err().lines()).singleElement().asString().startsWith("trust-pipeline: ");
        assertThat(invocation.status()).as(invocation.err()).isEqualTo(status);
        assertThat(folder.resolve("spans.parquet")).doesNotExist();
        assertThat(folder.resolve("home/s3/trust-pipeline/trust_scoring/scored"))
                .doesNotExist();
        assertThat(folder.resolve("home/s3/trust-pipeline/trust_scoring/ledger"))
                .doesNotExist();
    }
}
