package io.trustpipeline.score;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.util.passthrough.PassthroughTranslator;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.TextScorer.Part;
import io.trustpipeline.score.ThemeResult.Failed;
import io.trustpipeline.score.ThemeResult.Found;
import io.trustpipeline.spacy.djl.SpacyEngine;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a text that the engine fails on does to its neighbours. The engine takes every text, but no null. */
class TextScorerTest {
    private static final Set<String> THEME = Set.of("Competence");

    private static ThemeModels models;

    @BeforeAll
    static void load() {
        models = DemoModels.load(ScoringMode.RULES);
    }

    @AfterAll
    static void close() {
        models.close();
    }

    @Test
    void a_text_that_the_engine_fails_on_fails_alone_and_says_where() {
        Map<String, Set<String>> texts = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            texts.put("A very competent doctor, number " + i, THEME);
        }
        texts.put(null, THEME);

        try (TextScorer scorer = TextScorer.of(models, 2)) {
            Map<Part, ThemeResult> results = scorer.score(texts);

            assertThat(results).hasSize(101);
            assertThat(results.get(new Part(null, "Competence")))
                    .isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.reason())
                            .startsWith("theme \"Competence\": NullPointerException at io.trustpipeline.spacy."));
            assertThat(results.values())
                    .filteredOn(result -> result instanceof Found)
                    .hasSize(100);
        }
    }

    @Test
    void a_batch_of_nothing_but_such_texts_is_no_proof_that_the_model_is_broken() {
        Map<String, Set<String>> texts = new HashMap<>();
        texts.put(null, THEME);

        try (TextScorer scorer = TextScorer.of(models, 1)) {
            assertThat(scorer.score(texts).values()).allMatch(result -> result instanceof Failed);
        }
    }

    @Test
    void a_model_that_fails_on_every_text_ends_the_run() throws Exception {
        ThemeModel competence = models.models().get(1);
        try (Model unloaded = Engine.getEngine(SpacyEngine.NAME).newModel("unloaded", null);
                TextScorer scorer = TextScorer.of(List.of(
                        new ThemePredictor(competence, unloaded.newPredictor(new PassthroughTranslator<>()))))) {
            assertThatThrownBy(() -> scorer.score(Map.of("Very kind", THEME)))
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.DEFECT))
                    .hasMessageContaining("theme \"Competence\"")
                    .hasMessageContaining("it fails on every text");
        }
    }

    @Test
    void an_interrupted_caller_stops_with_a_run_that_can_be_resumed() {
        try (TextScorer scorer = TextScorer.of(models, 1)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> scorer.score(Map.of("Very kind. ".repeat(10_000), THEME)))
                    .isInstanceOfSatisfying(PipelineException.class, e -> assertThat(e.exitCode())
                            .isEqualTo(ExitCode.STOPPED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
