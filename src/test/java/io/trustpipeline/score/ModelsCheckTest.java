package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a catalogue's models are found to be, and what is said when they cannot be used. */
class ModelsCheckTest {
    @TempDir
    Path folder;

    @Test
    void the_demo_models_run_and_say_what_they_are() {
        ModelsCheck check =
                ModelsCheck.of(ModelCatalogue.read(DemoModels.FOLDER), ModelSource.none(), DemoModels.cache());

        assertThat(check.ok()).isTrue();
        assertThat(check.lines())
                .contains("theme \"Integrity\": runs", "  labels     INTEGRITY_POS, INTEGRITY_NEG")
                .contains("  threshold  the model's own 0.4; thresholds.json: CARE_NEG 0.55, CARE_POS 0.5, others 0.45")
                .contains("ok: 4 of 4 models can be used")
                .noneMatch(line -> line.contains("note"))
                .anyMatch(line -> line.matches("  digest     [0-9a-f]{64}"));
    }

    @Test
    void a_threshold_below_the_models_own_is_named_as_without_effect() throws IOException {
        copy("care");
        models("{\"Care\": {\"path\": \"care.tar.gz\"}}");
        Files.writeString(folder.resolve("thresholds.json"), "{\"Care\": {\"CARE_POS\": 0.3, \"*\": 0.4}}");

        assertThat(check().lines())
                .filteredOn(line -> line.contains("note"))
                .singleElement()
                .asString()
                .contains("without effect: CARE_POS 0.3; the model's own 0.4 is higher");

        models("{\"Care\": {\"path\": \"care.tar.gz\", \"respect_model_threshold\": false}}");
        assertThat(check().lines())
                .noneMatch(line -> line.contains("note"))
                .anyMatch(line -> line.endsWith("others 0.4 (these alone)"));
    }

    @Test
    void what_cannot_be_used_has_a_line_and_the_others_are_still_looked_at() throws IOException {
        copy("care");
        Files.write(
                folder.resolve("short.tar.gz"),
                Arrays.copyOf(Files.readAllBytes(folder.resolve("care.tar.gz")), 50_000));
        Tar.of(folder.resolve("hostile.tar.gz"), "../evil");
        Tar.of(folder.resolve("hollow.tar.gz"), "readme.txt");
        Tar.of(folder.resolve("foreign.tar.gz"), "model-best/config.cfg");
        models("""
                {"Care": {"path": "care.tar.gz"}, "Short": {"path": "short.tar.gz"},
                 "Hostile": {"path": "hostile.tar.gz"}, "Hollow": {"path": "hollow.tar.gz"},
                 "Foreign": {"path": "foreign.tar.gz"}, "Away": {"bucket": "b", "key": "k/model.tar.gz"}}""");
        Files.writeString(
                folder.resolve("thresholds.json"), "{\"Care\": {\"CARE_WHAT\": 0.6}, \"Nobody\": 0.5, \"Short\": 7}");

        ModelsCheck check = check();

        assertThat(check.ok()).isFalse();
        assertThat(check.lines())
                .contains("theme \"Care\": runs", "not ok: 0 of 6 models can be used")
                .anyMatch(line -> line.contains("theme \"Nobody\": no such theme"))
                .anyMatch(line -> line.contains("theme \"Short\": threshold 7; must be"))
                .anyMatch(line -> line.equals("theme \"Care\": thresholds.json names label \"CARE_WHAT\"; the model has"
                        + " CARE_POS, CARE_NEG"))
                .anyMatch(line -> line.startsWith("theme \"Short\": ") && line.contains("short.tar.gz: cut short"))
                .anyMatch(line -> line.startsWith("theme \"Hostile\": ") && line.contains("\"../evil\" leaves"))
                .anyMatch(line -> line.startsWith("theme \"Hollow\": ") && line.endsWith("holds no config.cfg"))
                .anyMatch(line -> line.startsWith("theme \"Foreign\": ") && line.contains("config.cfg"))
                .anyMatch(line -> line.startsWith("theme \"Away\": s3://b/k/model.tar.gz: object storage is not"))
                .allSatisfy(line -> assertThat(line).hasLineCount(1));
    }

    @Test
    void storage_that_does_not_answer_is_no_fault_of_the_model() throws IOException {
        models("{\"Away\": {\"bucket\": \"b\", \"key\": \"k/model.tar.gz\"}}");
        ModelSource down = (bucket, key) -> {
            throw new PipelineException(ExitCode.UNAVAILABLE, "s3://b: no answer");
        };

        assertThatThrownBy(() -> ModelsCheck.of(ModelCatalogue.read(folder), down, cache()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.UNAVAILABLE));
    }

    private ModelsCheck check() {
        return ModelsCheck.of(ModelCatalogue.read(folder), ModelSource.none(), cache());
    }

    private ModelCache cache() {
        return new ModelCache(folder.resolve("cache"), ArchiveLimits.DEFAULT);
    }

    private void models(String json) throws IOException {
        Files.writeString(folder.resolve("models.json"), json);
    }

    private void copy(String model) throws IOException {
        Files.copy(DemoModels.FOLDER.resolve(model + ".tar.gz"), folder.resolve(model + ".tar.gz"));
    }
}
