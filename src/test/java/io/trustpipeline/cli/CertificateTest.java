package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;

/** Golden scores that spaCy 3.8.18 made of the two small models, and runs that are held to them. */
class CertificateTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path GOLDEN = SmallData.PROJECT.resolve("src/test/resources/score/certificate.json");

    @TempDir
    Path folder;

    private Path home;
    private Path comments;
    private Path models;

    @BeforeEach
    void prepare() throws Exception {
        home = folder.resolve("home");
        comments = SmallData.comments(folder.resolve("comments.csv"), 20);
        models = SmallData.models(folder.resolve("models"));
    }

    @Test
    void a_run_of_certified_models_says_so_in_its_manifest() throws Exception {
        Files.copy(GOLDEN, models.resolve("certificate.json"));
        Invocation run = run();
        assertThat(run.status()).as(run.err()).isZero();
        JsonNode certificate = Invocation.manifest(home, "first").path("certificate");
        assertThat(certificate.path("status").asText()).isEqualTo("equal");
        assertThat(certificate.path("made_by").asText()).isEqualTo("spaCy 3.8.18");
        assertThat(certificate.path("texts").asInt()).isEqualTo(6);
        assertThat(certificate.path("texts_sha256").asText()).hasSize(64);
        assertThat(certificate.path("scores").asInt()).isGreaterThan(100);
        assertThat(certificate.path("largest_difference").asDouble()).isBetween(1e-9, 1e-5);
        assertThat(certificate.path("models")).hasSize(2);
        assertThat(certificate.path("without_golden")).isEmpty();
    }

    @Test
    void models_that_nobody_certified_have_no_certificate_and_run_all_the_same() throws Exception {
        assertThat(run().status()).isZero();
        assertThat(Invocation.manifest(home, "first").at("/certificate/status").asText())
                .isEqualTo("no certificate");
    }

    @Test
    void a_score_that_differs_stops_the_run_before_its_first_row_and_quotes_no_text() throws Exception {
        ObjectNode golden = golden();
        ArrayNode score =
                (ArrayNode) golden.path("scores").elements().next().path(2).path(4);
        score.set(3, score.get(3).asDouble() + 0.001);
        JSON.writeValue(models.resolve("certificate.json").toFile(), golden);
        Invocation run = run();
        assertThat(run.status()).isEqualTo(65);
        assertThat(run.err())
                .hasLineCount(1)
                .containsPattern("theme \"(Respect|Kindness)\": certificate.json, text 3: expected \\d\\.\\d{6} for \"")
                .containsPattern(", found \\d\\.\\d{6} for \"[A-Z_a-z]+\" of tokens \\d+ to \\d+; ")
                .doesNotContain("nurse", "O'Neill", "team");
        assertThat(Invocation.bucket(home).resolve("trust_scoring/runs/first/plan.json"))
                .doesNotExist();
        assertThat(Invocation.bucket(home).resolve("trust_scoring/scored")).doesNotExist();
    }

    @Test
    void a_candidate_too_few_differs_as_well() throws Exception {
        ObjectNode golden = golden();
        ((ArrayNode) golden.path("scores").elements().next().path(0)).remove(0);
        JSON.writeValue(models.resolve("certificate.json").toFile(), golden);
        assertThat(run().err()).containsPattern("text 1: expected \\d+ scores, found \\d+ scores");
    }

    @Test
    void a_certificate_that_is_none_is_a_matter_of_configuration() throws Exception {
        Files.writeString(
                models.resolve("certificate.json"), "{\"made_by\": \"spaCy\", \"texts\": [], \"scores\": {}}");
        Invocation run = run();
        assertThat(run.status()).isEqualTo(78);
        assertThat(run.err()).contains("certificate.json: texts must be a list of 1 to 1000 texts");
    }

    @Test
    void golden_scores_of_another_machine_become_the_certificate_when_ours_are_the_same() throws Exception {
        Invocation certified = certify("--golden", GOLDEN.toString());
        assertThat(certified.status()).as(certified.err()).isZero();
        assertThat(certified.out())
                .containsPattern("\\d+ scores of 2 models for 6 texts are those of spaCy 3.8.18, largest");
        assertThat(models.resolve("certificate.json")).hasSameBinaryContentAs(GOLDEN);
    }

    @Test
    void golden_scores_that_are_not_ours_leave_no_certificate() throws Exception {
        ObjectNode golden = golden();
        ((ArrayNode) golden.path("scores").elements().next().path(1).path(0)).set(3, 2.0);
        Path forged = folder.resolve("forged.json");
        JSON.writeValue(forged.toFile(), golden);
        Invocation certified = certify("--golden", forged.toString());
        assertThat(certified.status()).isEqualTo(65);
        assertThat(certified.err()).contains("text 2: expected 2.000000 for ");
        assertThat(models.resolve("certificate.json")).doesNotExist();
        assertThat(models.resolve("certificate.json.new")).doesNotExist();
    }

    @Test
    void a_python_is_asked_and_its_answer_believed_only_when_it_is_the_same() throws Exception {
        Path python = program("cat > " + folder.resolve("asked.json") + "; cat " + GOLDEN);
        assertThat(certify("--python", python.toString()).status()).isZero();
        JsonNode asked = JSON.readTree(folder.resolve("asked.json").toFile());
        assertThat(asked.path("texts")).hasSize(6);
        assertThat(asked.path("models")).hasSize(2);
        assertThat(asked.path("models").elements().next().path("output").asText())
                .isEqualTo("spans");
    }

    @Test
    void a_python_without_spacy_is_named_with_its_last_words() throws Exception {
        Path python = program("echo Traceback >&2; echo \"ModuleNotFoundError: No module named 'spacy'\" >&2; exit 1");
        Invocation certified = certify("--python", python.toString());
        assertThat(certified.status()).isEqualTo(78);
        assertThat(certified.err()).contains("ModuleNotFoundError: No module named 'spacy'; name a Python whose spaCy");
        assertThat(certify("--python", "/no/such/python").err()).contains("--python /no/such/python: cannot be run");
    }

    private Path program(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("python"), "#!/bin/sh\n" + script + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private static ObjectNode golden() throws IOException {
        return (ObjectNode) JSON.readTree(GOLDEN.toFile());
    }

    private Invocation run() {
        return Invocation.of(SmallData.arguments(home, comments, models, "--run-id", "first"));
    }

    private Invocation certify(String... more) {
        return Invocation.of(
                "models", "prepare", models.toString(), "--home", home.toString(), "--certify", more[0], more[1]);
    }
}
