package io.trustpipeline.spacy.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.Span;
import io.trustpipeline.spacy.SpanGroups;
import io.trustpipeline.spacy.TestModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SpacyEngineTest {

    private static final List<String> TEXTS =
            List.of("The nurse was kind.", "", "  ", "I waited 5 hours & nobody told me why!!", "😀 ok", "Rude.");

    @TempDir
    Path temporary;

    private static Criteria.Builder<String, SpanGroups> criteria(Path directory) {
        return Criteria.builder()
                .setTypes(String.class, SpanGroups.class)
                .optModelPath(directory)
                .optEngine("SpaCy")
                .optTranslatorFactory(new SpacyTranslatorFactory());
    }

    @Test
    void djl_finds_the_engine_by_its_name() {
        assertThat(Engine.hasEngine("SpaCy")).isTrue();
        assertThat(Engine.getEngine("SpaCy")).isInstanceOf(SpacyEngine.class);
        assertThat(Engine.getEngine("SpaCy").newBaseManager().getEngine().getEngineName())
                .isEqualTo("SpaCy");
    }

    @Test
    void a_batch_gives_what_its_texts_give_alone() throws Exception {
        Path directory = TestModels.named("x-two-spancats").directory(temporary);
        try (ZooModel<String, SpanGroups> model = criteria(directory).build().loadModel();
                Predictor<String, SpanGroups> predictor = model.newPredictor();
                Predictor<String, SpanGroups> other = model.newPredictor()) {
            List<SpanGroups> alone = new ArrayList<>();
            for (String text : TEXTS) {
                alone.add(predictor.predict(text));
            }
            assertThat(predictor.batchPredict(TEXTS)).isEqualTo(alone);
            assertThat(other.batchPredict(TEXTS)).isEqualTo(alone);
            assertThat(alone)
                    .anySatisfy(
                            groups -> assertThat(groups.groups().get(0).spans()).isNotEmpty());
            Model wrapped = model.getWrappedModel();
            assertThat(((SpacyModel) wrapped).card().components()).hasSize(3);
        }
    }

    @Test
    void options_change_what_comes_out() throws Exception {
        Path directory = TestModels.named("x-width-40").directory(temporary);
        assertThat(spans(criteria(directory).optOption("threshold", "0"))).isEqualTo(2 * (5 + 4));
        assertThat(spans(criteria(directory).optOption("all_candidates", "true")))
                .isEqualTo(2 * (5 + 4));
        assertThat(spans(criteria(directory).optOption("threshold", "0.9"))).isLessThan(2 * (5 + 4));
    }

    private static int spans(Criteria.Builder<String, SpanGroups> criteria) throws Exception {
        try (ZooModel<String, SpanGroups> model = criteria.build().loadModel();
                Predictor<String, SpanGroups> predictor = model.newPredictor()) {
            List<Span> spans =
                    predictor.predict("The nurse was kind.").groups().get(0).spans();
            return spans.size();
        }
    }

    @Test
    void options_that_are_wrong_are_refused_with_what_would_be_right() {
        Path directory = TestModels.named("x-width-40").directory(temporary);
        assertThatThrownBy(() -> spans(criteria(directory).optOption("threshold", "1.5")))
                .hasMessageContaining("threshold=1.5")
                .hasMessageContaining("0 to 1");
        assertThatThrownBy(() -> spans(criteria(directory).optOption("treshold", "0.5")))
                .hasMessageContaining("treshold")
                .hasMessageContaining("all_candidates");
    }

    @Test
    void a_model_that_cannot_run_is_refused_through_djl_too() {
        Path directory = TestModels.unpack(TestModels.refused().resolve("span-ruler.tar.gz"), temporary);
        assertThatThrownBy(() -> criteria(directory).build().loadModel())
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("span_ruler");
    }
}
