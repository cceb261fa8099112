package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ThemeModelsTest {
    private static final String TEXT =
            "The staff could be kinder, my mother was in pain, but they helped and I was relieved to go.";

    @TempDir
    Path folder;

    @Test
    void loading_for_a_run_says_the_same_at_once_and_its_exit_code_tells_configuration_from_data() throws IOException {
        copy("care");
        Tar.of(folder.resolve("hostile.tar.gz"), "../evil");
        models("{\"Care\": {\"path\": \"care.tar.gz\"}, \"Hostile\": {\"path\": \"hostile.tar.gz\"}}");
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .hasMessageContaining("\"../evil\" leaves");

        Files.writeString(folder.resolve("thresholds.json"), "{\"Care\": {\"CARE_WHAT\": 0.6}, \"Nobody\": 2}");
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining("\"../evil\" leaves")
                .hasMessageContaining("CARE_WHAT")
                .hasMessageContaining("threshold 2;")
                .message()
                .hasLineCount(4);
    }

    @Test
    void a_model_from_object_storage_is_the_same_model() throws IOException {
        models("{\"Care\": {\"bucket\": \"models\", \"key\": \"care.tar.gz\"}}");
        ModelSource storage = (bucket, key) -> DemoModels.FOLDER.resolve(key);

        try (ThemeModels stored = ThemeModels.load(ModelCatalogue.read(folder), storage, cache(), ScoringMode.RULES);
                ThemeModels local = DemoModels.load(ScoringMode.RULES)) {
            assertThat(stored.models().get(0).digest())
                    .isEqualTo(local.models().get(3).digest());
        }
    }

    @Test
    void thresholds_below_the_models_own_count_only_when_they_alone_decide() throws IOException {
        copy("care");
        Files.writeString(folder.resolve("thresholds.json"), "{\"Care\": 0.001}");

        models("{\"Care\": {\"path\": \"care.tar.gz\"}}");
        List<ThemeSpan> both = spans(ScoringMode.RULES);
        models("{\"Care\": {\"path\": \"care.tar.gz\", \"respect_model_threshold\": false}}");
        List<ThemeSpan> alone = spans(ScoringMode.RULES);

        assertThat(both).isNotEmpty().allMatch(span -> span.score() >= 0.4f);
        assertThat(alone).hasSizeGreaterThan(both.size()).allMatch(span -> span.score() >= 0.001f);
        assertThat(spans(ScoringMode.RAW)).allMatch(span -> span.score() >= 0.4f);
    }

    @Test
    void labels_of_one_theme_can_have_thresholds_of_their_own() throws IOException {
        copy("care");
        models("{\"Care\": {\"path\": \"care.tar.gz\", \"respect_model_threshold\": false}}");
        Files.writeString(folder.resolve("thresholds.json"), "{\"Care\": {\"CARE_POS\": 1, \"*\": 0.001}}");

        assertThat(spans(ScoringMode.RULES))
                .isNotEmpty()
                .allMatch(span -> span.label().equals("CARE_NEG") || span.score() == 1);
    }

    private List<ThemeSpan> spans(ScoringMode mode) {
        try (ThemeModels models = ThemeModels.load(ModelCatalogue.read(folder), ModelSource.none(), cache(), mode);
                Scorer scorer = new Scorer(models, ScoringSettings.of(1))) {
            SimpleGroup row = new SimpleGroup(MessageTypeParser.parseMessageType("message m { }"));
            Outcome outcome = scorer.score(List.of(new Comment(0, "a", TEXT, row, Set.of("Care"))))
                    .get(0);
            return ((Outcome.Scored) outcome).spans();
        }
    }

    private ThemeModels load() {
        return ThemeModels.load(ModelCatalogue.read(folder), ModelSource.none(), cache(), ScoringMode.RULES);
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
