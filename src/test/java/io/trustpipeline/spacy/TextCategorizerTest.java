package io.trustpipeline.spacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.nn.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

/** Every text categorizer against the scores that spaCy computed with it. */
class TextCategorizerTest {

    private static final double TOLERANCE = 1e-5;
    private static final Language.Options CATEGORIES = Language.Options.DEFAULT.withOutput(Output.CATEGORIES);

    static Stream<TestModels.Fixture> models() {
        return TestModels.textCategorizers();
    }

    @ParameterizedTest
    @MethodSource("models")
    void scores_and_their_order_are_spacys(TestModels.Fixture fixture, @TempDir Path temporary) throws IOException {
        LanguageSession session =
                Language.load(fixture.directory(temporary), CATEGORIES).newSession();
        double largest = 0;
        for (JsonNode line : Golden.lines(fixture.spans())) {
            String text = line.get("text").asText();
            List<Category> found = session.categorize(text).categories();
            List<String> labels = new ArrayList<>();
            line.get("cats").fieldNames().forEachRemaining(labels::add);
            assertThat(found.stream().map(Category::label)).containsExactlyElementsOf(labels);
            for (Category category : found) {
                double score = line.get("cats").get(category.label()).asDouble();
                largest = Math.max(largest, Math.abs(category.score() - score));
            }
        }
        System.out.printf("textcat %-30s largest |score difference| %.1e%n", fixture, largest);
        assertThat(largest).isLessThanOrEqualTo(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("models")
    void every_kernel_gives_the_same_scores(TestModels.Fixture fixture, @TempDir Path temporary) {
        Path directory = fixture.directory(temporary);
        String text = "They were kind and listened, but I waited an hour for someone to explain the results to me.";
        List<Category> vector = Language.load(directory, CATEGORIES)
                .newSession()
                .categorize(text)
                .categories();
        List<Category> scalar = Language.load(directory, CATEGORIES, Kernels.scalar())
                .newSession()
                .categorize(text)
                .categories();
        for (int i = 0; i < vector.size(); i++) {
            assertThat(scalar.get(i).score()).isCloseTo(vector.get(i).score(), offset((float) TOLERANCE));
        }
    }

    @Test
    void a_pipeline_without_a_text_categorizer_is_refused_for_categories(@TempDir Path temporary) {
        Path directory = TestModels.named("x-narrow").directory(temporary);
        assertThatThrownBy(() -> Language.load(directory, CATEGORIES))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no text categorizer runs in pipeline");
    }

    @Test
    void a_pipeline_without_a_span_categorizer_is_refused_for_spans(@TempDir Path temporary) {
        Path directory = TestModels.textCategorizers().findFirst().orElseThrow().directory(temporary);
        assertThatThrownBy(() -> Language.load(directory, Language.Options.DEFAULT))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no span categorizer runs in pipeline");
    }

    @Test
    void a_categorizer_with_another_number_of_labels_than_its_network_is_refused(@TempDir Path temporary)
            throws IOException {
        Path directory = TestModels.textCategorizer("reduce-all").directory(temporary);
        Path settings = directory.resolve("textcat/cfg");
        String text = Files.readString(settings);
        Files.writeString(settings, text.replace("\"CARE\",", "\"CARE\", \"MORE\","));
        assertThatThrownBy(() -> Language.load(directory, CATEGORIES))
                .isInstanceOfSatisfying(ModelException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ModelException.Kind.CORRUPT))
                .hasMessageContaining("textcat/model")
                .hasMessageContaining("expected [4, 64]");
    }

    @Test
    void architectures_that_are_not_computed_are_refused_by_name(@TempDir Path temporary) throws IOException {
        for (String architecture : List.of("spacy.TextCatEnsemble.v1", "spacy.TextCatLowData.v1")) {
            Path directory = TestModels.textCategorizer("cnn1").directory(temporary.resolve(architecture));
            Path config = directory.resolve("config.cfg");
            String text = Files.readString(config);
            Files.writeString(config, text.replace("spacy.TextCatCNN.v1", architecture));
            assertThatThrownBy(() -> Language.load(directory, CATEGORIES))
                    .hasMessageContaining("component 'textcat'")
                    .hasMessageContaining(architecture);
        }
    }

    @Test
    void the_best_category_is_the_first_of_the_highest() {
        Categories categories =
                new Categories(List.of(new Category("a", 0.2f), new Category("b", 0.4f), new Category("c", 0.4f)));
        assertThat(categories.best()).map(Category::label).contains("b");
        assertThat(new Categories(List.of()).best()).isEmpty();
    }
}
