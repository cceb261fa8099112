package io.trustpipeline.spacy.djl;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.inference.Predictor;
import ai.djl.modality.Classifications;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import io.trustpipeline.spacy.Categories;
import io.trustpipeline.spacy.Category;
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
import static org.assertj.core.api.Assertions.within;

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
    void a_text_categorizer_gives_djls_classifications_and_its_own_type() throws Exception {
        Path directory = TestModels.textCategorizer("ensemble").directory(temporary);
        try (ZooModel<String, Classifications> model =
                        criteria(Classifications.class, directory).loadModel();
                Predictor<String, Classifications> classifier = model.newPredictor();
                ZooModel<String, Categories> plain =
                        criteria(Categories.class, directory).loadModel();
                Predictor<String, Categories> categorizer = plain.newPredictor()) {
            List<Classifications> classified = classifier.batchPredict(TEXTS);
            List<Categories> categorized = categorizer.batchPredict(TEXTS);
            for (int i = 0; i < TEXTS.size(); i++) {
                Category best = categorized.get(i).best().orElseThrow();
                assertThat(classified.get(i).getClassNames()).containsExactly("CARE", "TIME", "TALK");
                assertThat((float) classified.get(i).get(best.label()).getProbability())
                        .isEqualTo(best.score());
            }
            assertThat(categorized.get(0).categories().stream()
                            .mapToDouble(Category::score)
                            .sum())
                    .isCloseTo(1, within(1e-6));
        }
    }

    private static <O> Criteria<String, O> criteria(Class<O> output, Path directory) {
        return Criteria.builder()
                .setTypes(String.class, output)
                .optModelPath(directory)
                .optEngine("SpaCy")
                .optOption("output", "categories")
                .optTranslatorFactory(new SpacyTranslatorFactory())
                .build();
    }

    @Test
    void a_type_that_the_model_was_not_loaded_for_is_refused_with_the_option_that_would_be_right() {
        Path directory = TestModels.named("x-width-40").directory(temporary);
        Criteria<String, Classifications> wrong = Criteria.builder()
                .setTypes(String.class, Classifications.class)
                .optModelPath(directory)
                .optEngine("SpaCy")
                .optTranslatorFactory(new SpacyTranslatorFactory())
                .build();
        assertThatThrownBy(wrong::loadModel)
                .rootCause()
                .hasMessage("the model gives spans, not Classifications: load it with option output=categories");
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
