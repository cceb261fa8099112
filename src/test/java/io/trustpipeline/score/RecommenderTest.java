package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.Outcome.Scored;
import io.trustpipeline.spacy.Category;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.LanguageSession;
import io.trustpipeline.spacy.Output;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The recommend model, and models that are loaded one after the other. */
class RecommenderTest {
    private static final Path CATEGORIZERS =
            Path.of(System.getProperty("project.dir", "."), "src/test/resources/spacy/textcat");
    private static final List<String> TEXTS = List.of(
            "The nurse was so kind and caring, she listened to me and explained the results.",
            "An excellent surgeon, but I waited three hours in pain and nobody told me why!!!",
            "They were kind. They were kind. 👍👍 Very honest doctor & competent staff...",
            "The staff could be kinder, my mother was in pain, but they helped.");

    @TempDir
    Path folder;

    @Test
    void each_relevant_span_has_the_best_label_of_its_text_and_its_score() throws IOException {
        catalogue("ensemble.tar.gz");
        List<ThemeSpan> spans = spans(ScoringMode.RULES, LoadMode.ALL);
        LanguageSession oracle = Language.load(
                        new ModelCache(folder.resolve("cache"), ArchiveLimits.DEFAULT)
                                .unpacked(folder.resolve("ensemble.tar.gz"))
                                .resolve("ensemble"),
                        Language.Options.DEFAULT.withOutput(Output.CATEGORIES))
                .newSession();

        assertThat(spans).anyMatch(ThemeSpan::relevant).anyMatch(span -> !span.relevant());
        for (ThemeSpan span : spans) {
            if (span.relevant() && !span.text().isEmpty()) {
                Category best = oracle.categorize(span.text()).best().orElseThrow();
                assertThat(span.recommendation()).isEqualTo(new Recommendation(best.label(), best.score()));
            } else {
                assertThat(span.recommendation()).isNull();
            }
        }
        assertThat(spans.stream().filter(ThemeSpan::relevant).map(span -> span.recommendation()
                        .label()))
                .contains("CARE", "TIME");
    }

    @Test
    void models_loaded_one_after_the_other_give_the_same_rows() throws IOException {
        catalogue("bow3.tar.gz");
        assertThat(spans(ScoringMode.RULES, LoadMode.SEQUENTIAL)).isEqualTo(spans(ScoringMode.RULES, LoadMode.ALL));
    }

    @Test
    void raw_spans_have_no_recommendation() throws IOException {
        catalogue("bow3.tar.gz");
        assertThat(spans(ScoringMode.RAW, LoadMode.ALL)).isNotEmpty().allMatch(span -> span.recommendation() == null);
    }

    @Test
    void another_recommend_model_changes_the_rules_digest_and_not_the_models() throws IOException {
        catalogue("bow3.tar.gz");
        ModelDigests one = digests();
        catalogue("cnn1.tar.gz");
        ModelDigests other = digests();
        Files.delete(folder.resolve("recommend.json"));
        ModelDigests none = digests();

        assertThat(List.of(one.model, other.model, none.model)).containsOnly(one.model);
        assertThat(List.of(one.rules, other.rules, none.rules)).doesNotHaveDuplicates();
    }

    @Test
    void each_model_has_a_line_of_progress() throws IOException {
        catalogue("bow3.tar.gz");
        List<String> notes = new ArrayList<>();
        load(ScoringMode.RULES, LoadMode.SEQUENTIAL, notes).close();

        assertThat(notes).hasSize(4);
        assertThat(notes.get(0)).matches("3 models of \\d+ MB are loaded one after the other");
        assertThat(notes.get(1)).matches("model 1 of 3: recommend\\.json, 1 MB, loaded in \\d+\\.\\d s");
        assertThat(notes.get(2)).startsWith("model 2 of 3: theme \"Care\", ");
        assertThat(notes.get(3)).startsWith("model 3 of 3: theme \"Competence\", ");
    }

    @Test
    void a_recommend_model_that_is_none_is_refused_and_named() throws IOException {
        catalogue("bow3.tar.gz");
        Files.writeString(folder.resolve("recommend.json"), "{\"path\": \"care.tar.gz\"}");
        assertThatThrownBy(() -> load(ScoringMode.RULES, LoadMode.ALL, new ArrayList<>()))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .hasMessageStartingWith("recommend.json: ")
                .hasMessageContaining("no text categorizer runs in pipeline")
                .message()
                .hasLineCount(1);

        Files.writeString(folder.resolve("recommend.json"), "{\"pfad\": \"care.tar.gz\"}");
        assertThat(ModelCatalogue.read(folder).problems())
                .anyMatch(line -> line.endsWith("recommend.json: unknown field \"pfad\"; known are path, bucket, key"))
                .anyMatch(line -> line.endsWith("recommend.json: must have either a path, or a bucket and a key"));
    }

    @Test
    void models_check_says_what_the_recommend_model_is() throws IOException {
        catalogue("ensemble.tar.gz");
        ModelsCheck check = ModelsCheck.of(ModelCatalogue.read(folder), ModelSource.none(), cache());
        assertThat(check.ok()).isTrue();
        assertThat(check.lines()).contains("recommend model: runs", "  labels     CARE, TIME, TALK");
    }

    @Test
    void models_are_together_when_heap_and_memory_hold_them() {
        LoadMode.Machine machine = new LoadMode.Machine(1_000, 5_000);
        assertThat(LoadMode.fitting(List.of(new ModelSize(300, 1_500), new ModelSize(300, 1_500)), machine))
                .isEqualTo(LoadMode.ALL);
        assertThat(LoadMode.fitting(List.of(new ModelSize(301, 0), new ModelSize(300, 0)), machine))
                .isEqualTo(LoadMode.SEQUENTIAL);
        assertThat(LoadMode.fitting(List.of(new ModelSize(0, 1_501), new ModelSize(0, 1_500)), machine))
                .isEqualTo(LoadMode.SEQUENTIAL);
        LoadMode.Machine present = LoadMode.Machine.present();
        assertThat(present.memoryBytes()).isGreaterThan(present.heapBytes());
    }

    private record ModelDigests(String model, String rules) {}

    private ModelDigests digests() {
        try (ThemeModels models = load(ScoringMode.RULES, LoadMode.ALL, new ArrayList<>())) {
            ThemeModel first = models.models().get(0);
            return new ModelDigests(first.digest(), first.rulesDigest());
        }
    }

    private List<ThemeSpan> spans(ScoringMode mode, LoadMode loadMode) {
        try (ThemeModels models = load(mode, loadMode, new ArrayList<>());
                Scorer scorer = new Scorer(models, ScoringSettings.of(2))) {
            SimpleGroup row = new SimpleGroup(MessageTypeParser.parseMessageType("message m { }"));
            List<Comment> comments = IntStream.range(0, TEXTS.size())
                    .mapToObj(i -> new Comment(i, "k" + i, TEXTS.get(i), row, Set.of("Care", "Competence")))
                    .toList();
            List<Outcome> outcomes = scorer.score(comments);
            assertThat(scorer.score(comments)).isEqualTo(outcomes);
            return outcomes.stream()
                    .flatMap(outcome -> ((Scored) outcome).spans().stream())
                    .toList();
        }
    }

    private ThemeModels load(ScoringMode mode, LoadMode loadMode, List<String> notes) {
        Progress progress = new Progress() {
            @Override
            public void stage(String name) {}

            @Override
            public void rows(long done, long total) {}

            @Override
            public void note(String line) {
                notes.add(line);
            }
        };
        return ThemeModels.load(ModelCatalogue.read(folder), ModelSource.none(), cache(), mode, loadMode, progress);
    }

    private ModelCache cache() {
        return new ModelCache(folder.resolve("cache"), ArchiveLimits.DEFAULT);
    }

    /** Two themes that find nearly everything, and a recommend model. */
    private void catalogue(String recommend) throws IOException {
        copy(DemoModels.FOLDER.resolve("care.tar.gz"));
        copy(DemoModels.FOLDER.resolve("competence.tar.gz"));
        copy(CATEGORIZERS.resolve(recommend));
        Files.writeString(folder.resolve("models.json"), """
                {"respect_model_threshold": false,
                 "Care": {"path": "care.tar.gz"}, "Competence": {"path": "competence.tar.gz"}}""");
        Files.writeString(folder.resolve("thresholds.json"), "{\"Care\": 0.05, \"Competence\": 0.05}");
        Files.writeString(folder.resolve("recommend.json"), "{\"path\": \"" + recommend + "\"}");
    }

    private void copy(Path archive) throws IOException {
        Path target = folder.resolve(archive.getFileName());
        if (!Files.exists(target)) {
            Files.copy(archive, target);
        }
    }
}
