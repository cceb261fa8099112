package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.config.SecretReferences;
import io.trustpipeline.config.Settings;
import io.trustpipeline.config.Sources;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.DuckDbOracle;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every kind of object of a run is damaged once, plainly and behind forged records; {@code verify} says which. */
class VerifyTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String RUNS = "trust_scoring/runs/first/";

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private Path home;
    private StoreReading store;

    @BeforeAll
    static void run_twice() throws Exception {
        Path comments = SmallData.comments(shared.resolve("comments.csv"), 40);
        Path models = SmallData.models(shared.resolve("models"));
        for (String runId : List.of("first", "second")) {
            Invocation run =
                    Invocation.of(SmallData.arguments(shared.resolve("home"), comments, models, "--run-id", runId));
            assertThat(run.status()).as(run.err()).isZero();
        }
    }

    @BeforeEach
    void copy() throws IOException {
        home = folder.resolve("home");
        FileUtils.copyDirectory(shared.resolve("home").toFile(), home.toFile());
        store = StoreReading.open(Settings.load(
                new Sources(folder, null, Map.of(), Map.of("trust.run.home", home.toString())),
                new SecretReferences(Map.of(), "us-east-2", null)));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void a_run_that_nobody_touched_is_as_its_manifest_says() {
        assertThat(differences()).isEmpty();
        Invocation verified = verify("second");
        assertThat(verified.status()).as(verified.err()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw/", "scored/", "rejected/", "ledger/", "plan/"})
    void a_flipped_byte_is_found_in_every_kind_of_data_object(String kind) throws IOException {
        Path object = data(kind);
        byte[] bytes = Files.readAllBytes(object);
        bytes[bytes.length / 2] ^= 1;
        Files.write(object, bytes);
        assertThat(refusal()).contains(key(object) + ": its SHA-256 is ");
        if (kind.equals("raw/")) {
            assertThat(verify("first").status()).isEqualTo(65);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw/", "scored/", "rejected/", "ledger/", "plan/"})
    void a_data_object_that_is_gone_is_named(String kind) throws IOException {
        Path object = data(kind);
        Files.delete(object);
        assertThat(refusal()).contains(key(object) + ": is gone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"export.json", "plan.json", "claims/part-00000.json"})
    void a_record_that_is_gone_or_is_none_is_named(String name) throws IOException {
        Path object = record(name);
        Files.writeString(object, "{\"shard\": \"none\", \"objects\": 1, \"themes\": 1}");
        assertThat(refusal()).contains(key(object) + ": is not a ");
        Files.delete(object);
        assertThat(refusal()).contains(key(object) + ": is missing");
    }

    @Test
    void an_object_that_no_record_names_is_a_stranger() throws IOException {
        Path stranger = data("scored/").resolveSibling("part-00001.parquet");
        Files.copy(data("scored/"), stranger);
        assertThat(refusal()).contains(key(stranger) + ": stands there, but the manifest does not name it");
    }

    @Test
    void a_receipt_of_another_shard_or_another_run_is_none_of_this_one() throws IOException {
        edit("claims/part-00000.json", receipt -> receipt.put("shard", 7));
        assertThat(refusal()).contains("is a receipt of something else: shard 7");
        Files.copy(
                Invocation.bucket(home).resolve("trust_scoring/runs/second/claims/part-00000.json"),
                record("claims/part-00000.json"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(refusal()).contains("is a receipt of something else: trust_scoring/scored/run_id=second/");
    }

    @Test
    void a_row_too_many_is_found_behind_records_that_were_forged_with_it() throws Exception {
        forge(
                "scored/",
                "SELECT * FROM {} UNION ALL (SELECT * REPLACE ('intruder' AS comment_unique_key) FROM {} LIMIT 1)");
        for (String name : List.of("manifest.json", "claims/part-00000.json")) {
            edit(name, found -> spans().forEach((theme, count) -> ((ObjectNode) found.get("spans")).put(theme, count)));
        }
        assertThat(refusal())
                .isEqualTo(
                        "trust_scoring/scored/run_id=first/:" + " spans of comments that the ledger does not name: 1");
    }

    @Test
    void a_ledger_row_that_is_missing_or_too_many_is_found_behind_a_forged_manifest() throws Exception {
        forge("ledger/", "SELECT * FROM {} ORDER BY comment_unique_key, theme OFFSET 1");
        assertThat(refusal()).contains("ledger/up_id=7168/first.parquet: rows missing: 1");
        forge("ledger/", "SELECT * FROM {} UNION ALL SELECT * REPLACE ('other' AS theme) FROM {}");
        assertThat(refusal()).contains("ledger/up_id=7168/first.parquet: rows too many: ");
    }

    @Test
    void a_raw_text_that_was_edited_is_found_behind_forged_records() throws Exception {
        forge(
                "raw/",
                "SELECT * EXCLUDE (rn) REPLACE (CASE WHEN rn = 3 THEN 'Edited.' ELSE cleaned_comment END AS cleaned_comment)"
                        + " FROM (SELECT *, row_number() OVER () AS rn FROM {})");
        assertThat(refusal()).contains(": rows that are not those of " + key(data("raw/")) + ": 1");
    }

    @Test
    void a_rejected_row_that_was_taken_away_is_found_behind_forged_records() throws Exception {
        forge("rejected/", "SELECT * FROM {} LIMIT 0");
        assertThat(refusal()).contains("rows: the manifest says ");
    }

    /** All that a manifest says, but for moments and what describes the program, can be checked; so it is. */
    @Test
    void whatever_is_edited_in_a_manifest_is_found() throws IOException {
        Path file = record("manifest.json");
        String sound = Files.readString(file);
        JsonNode manifest = JSON.readTree(sound);
        int edited = 0;
        for (String pointer : leaves("", manifest).toList()) {
            if (pointer.matches("/(schema_version|pipeline|attempts|(started|committed|notified)_at|stages.*)")) {
                continue;
            }
            JsonNode copy = manifest.deepCopy();
            change(copy, pointer);
            Files.writeString(file, JSON.writeValueAsString(copy));
            assertThat(differences()).as(pointer).isNotEmpty();
            edited++;
        }
        assertThat(edited).isGreaterThan(35);
    }

    private static Stream<String> leaves(String pointer, JsonNode node) {
        if (node.isValueNode()) {
            return Stream.of(pointer);
        }
        if (node.isArray()) {
            return Stream.iterate(0, i -> i < node.size(), i -> i + 1)
                    .flatMap(i -> leaves(pointer + "/" + i, node.get(i)));
        }
        return node.properties().stream()
                .flatMap(field ->
                        leaves(pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), field.getValue()));
    }

    private static void change(JsonNode tree, String pointer) {
        String parent = pointer.substring(0, pointer.lastIndexOf('/'));
        String name = pointer.substring(pointer.lastIndexOf('/') + 1);
        ObjectNode owner = (ObjectNode) tree.at(parent);
        JsonNode value = owner.get(name);
        if (value.isNumber()) {
            owner.put(name, value.asLong() + 1);
        } else if (name.equals("state")) {
            owner.put(name, "STARTED");
        } else if (name.endsWith("_date")) {
            owner.put(name, "2001-01-01");
        } else {
            owner.put(name, value.asText() + "0");
        }
    }

    /** Writes an object anew and sets its rows, bytes and digest wherever a record names them. */
    private void forge(String kind, String sql) throws Exception {
        Path object = data(kind);
        String before = DigestUtils.sha256Hex(Files.readAllBytes(object));
        Path forged = folder.resolve("forged.parquet");
        try (DuckDb database = DuckDb.inMemory(DuckDb.Limits.standard(folder.resolve("spill")))) {
            database.execute("COPY (" + sql.replace("{}", table(object)) + ") TO " + DuckDb.literal(forged.toString())
                    + " (FORMAT parquet)");
        }
        Files.move(forged, object, StandardCopyOption.REPLACE_EXISTING);
        long rows =
                Long.parseLong(query("SELECT count(*) FROM " + table(object)).get(0));
        String after = DigestUtils.sha256Hex(Files.readAllBytes(object));
        long bytes = Files.size(object);
        for (String name : List.of("manifest.json", "export.json", "plan.json", "claims/part-00000.json")) {
            edit(name, record -> record.findParents("sha256").stream()
                    .filter(stored -> stored.get("sha256").asText().equals(before))
                    .forEach(stored -> ((ObjectNode) stored)
                            .put("sha256", after)
                            .put("rows", rows)
                            .put("bytes", bytes)));
        }
    }

    private interface Edit {
        void to(ObjectNode record) throws Exception;
    }

    private void edit(String name, Edit edit) {
        try {
            ObjectNode record = (ObjectNode) JSON.readTree(record(name).toFile());
            edit.to(record);
            Files.writeString(record(name), JSON.writeValueAsString(record));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Long> spans() throws SQLException {
        Map<String, Long> spans = new TreeMap<>();
        for (String line :
                query("SELECT theme || '=' || count(*) FROM " + table(data("scored/")) + " GROUP BY theme")) {
            spans.put(line.split("=")[0], Long.parseLong(line.split("=")[1]));
        }
        return spans;
    }

    private Path data(String kind) {
        Path bucket = Invocation.bucket(home);
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .filter(file -> key(file).contains("/" + kind) && key(file).contains("first"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path record(String name) {
        return Invocation.bucket(home).resolve(RUNS + name);
    }

    private String key(Path object) {
        return Invocation.bucket(home).relativize(object).toString();
    }

    private String refusal() {
        List<String> differences = differences();
        assertThat(differences).isNotEmpty();
        return String.join("\n", differences);
    }

    private List<String> differences() {
        try {
            return store.verification().verify("first");
        } catch (PipelineException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private Invocation verify(String runId) {
        return Invocation.of("verify", runId, "--home", home.toString());
    }

    private static String table(Path file) {
        return "read_parquet(" + DuckDb.file(file) + ", hive_partitioning = false)";
    }

    private List<String> query(String sql) throws SQLException {
        try (DuckDbOracle oracle = new DuckDbOracle(folder.resolve("spill"))) {
            return oracle.rows(sql);
        }
    }
}
