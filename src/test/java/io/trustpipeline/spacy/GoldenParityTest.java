package io.trustpipeline.spacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.spancat.SpanCategorizer;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every model against what spaCy computed with it. */
class GoldenParityTest {

    /** Texts whose nearest candidate is closer to a decision than this may come out otherwise. */
    private static final double MARGIN = 1e-5;

    private static final double TOLERANCE = 1e-4;

    private static final Set<String> NEED_THE_LANGUAGES_CODE = Set.of("x-flags-marks", "x-flags-words");

    static Stream<TestModels.Fixture> models() {
        return TestModels.all();
    }

    /** Loads a model; a test of one that needs the language's own code, which is refused, ends here. */
    private static Language load(Path directory, Language.Options options, Kernels kernels, String name) {
        try {
            return Language.load(directory, options, kernels);
        } catch (ModelException refused) {
            if (NEED_THE_LANGUAGES_CODE.contains(name) && refused.getMessage().contains("token attribute")) {
                return Assumptions.abort(refused.getMessage());
            }
            throw refused;
        }
    }

    private static SpanGroup group(SpanGroups groups, JsonNode text) {
        return groups.groups().stream()
                .filter(group -> group.name().equals(text.get("spans_key").asText()))
                .findFirst()
                .orElseThrow();
    }

    private static SpanCategorizer categorizer(Language language, String spansKey) {
        return language.components().stream()
                .filter(SpanCategorizer.class::isInstance)
                .map(SpanCategorizer.class::cast)
                .filter(found -> found.settings().spansKey().equals(spansKey))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("models")
    void spans_candidates_and_their_order_are_spacys(TestModels.Fixture fixture, @TempDir Path temporary)
            throws Exception {
        Path directory = fixture.directory(temporary);
        LanguageSession session = load(directory, Language.Options.DEFAULT, Kernels.preferred(), fixture.name())
                .newSession();
        Language all = Language.load(directory, Language.Options.DEFAULT.withAllCandidates(true), Kernels.preferred());
        LanguageSession allCandidates = all.newSession();
        List<JsonNode> texts = Golden.lines(fixture.spans());
        double largest = 0;
        int spans = 0;
        for (JsonNode text : texts) {
            String id = fixture + " text " + text.get("id");
            SpanGroup found = group(session.annotate(text.get("text").asText()), text);
            List<String> places = found.spans().stream().map(Golden::place).toList();
            List<String> expected = stream(text.get("spans")).map(Golden::place).toList();
            if (text.get("min_margin").asDouble() >= MARGIN
                    && !text.get("ambiguous").asBoolean()) {
                assertThat(places).as(id).isEqualTo(expected);
            }
            if (places.equals(expected)) {
                spans += places.size();
                largest = Math.max(largest, largestDifference(found.spans(), text.get("spans")));
            }
            SpanGroup candidates = group(allCandidates.annotate(text.get("text").asText()), text);
            int labels = categorizer(all, found.name()).settings().labels().size();
            assertThat(candidates.spans().size())
                    .as(id)
                    .isEqualTo(text.get("n_candidates").asInt() * labels);
        }
        System.out.printf(
                "golden %-18s %4d texts %5d spans, largest |score difference| %.1e%n",
                fixture, texts.size(), spans, largest);
        assertThat(largest).isLessThanOrEqualTo(TOLERANCE);
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return IntStream.range(0, list.size()).mapToObj(list::get);
    }

    private static double largestDifference(List<Span> spans, JsonNode expected) {
        double largest = 0;
        for (int i = 0; i < spans.size(); i++) {
            largest = Math.max(
                    largest,
                    Math.abs(spans.get(i).score() - expected.get(i).get("score").asDouble()));
        }
        return largest;
    }

    /** The spans alone do not show whether the rows around a document are right. */
    @ParameterizedTest
    @MethodSource("models")
    void every_tensor_row_and_every_candidates_scores_are_spacys(TestModels.Fixture fixture, @TempDir Path temporary)
            throws Exception {
        Path directory = fixture.directory(temporary);
        Map<Integer, JsonNode> texts = new HashMap<>();
        for (JsonNode text : Golden.lines(fixture.spans())) {
            texts.put(text.get("id").asInt(), text);
        }
        for (Kernels kernels : List.of(Kernels.preferred(), Kernels.scalar())) {
            Language language =
                    load(directory, Language.Options.DEFAULT.withAllCandidates(true), kernels, fixture.name());
            LanguageSession session = language.newSession();
            double tensor = 0;
            double scores = 0;
            int candidates = 0;
            for (JsonNode dense : Golden.lines(fixture.dense())) {
                JsonNode text = texts.get(dense.get("id").asInt());
                SpanGroup found = group(session.annotate(text.get("text").asText()), text);
                SpanCategorizer categorizer = categorizer(language, found.name());
                tensor = Math.max(tensor, tensorDifference(session.window(categorizer.tok2vec()), dense));
                scores = Math.max(scores, scoreDifference(found.spans(), categorizer, dense));
                candidates += dense.get("cand").size();
            }
            System.out.printf(
                    "dense  %-18s %s: %6d candidates, largest |difference| tensor %.1e score %.1e%n",
                    fixture, kernels.name(), candidates, tensor, scores);
            assertThat(tensor).isLessThanOrEqualTo(TOLERANCE);
            assertThat(scores).isLessThanOrEqualTo(TOLERANCE);
        }
    }

    private static double tensorDifference(TensorWindow window, JsonNode dense) {
        float[] expected = Golden.floats(dense.get("tok2vec"));
        int tokens = expected.length / window.width();
        if (tokens == 0) {
            return 0;
        }
        window.cover(0, tokens);
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            int at = window.offset(i / window.width()) + i % window.width();
            largest = Math.max(largest, Math.abs(window.rows()[at] - expected[i]));
        }
        return largest;
    }

    private static double scoreDifference(List<Span> found, SpanCategorizer categorizer, JsonNode dense) {
        int labels = categorizer.settings().labels().size();
        int columns = labels + (categorizer.settings().negativeLabel() ? 1 : 0);
        float[] expected = Golden.floats(dense.get("cand_scores"));
        JsonNode candidates = dense.get("cand");
        assertThat(found.size()).isEqualTo(candidates.size() * labels);
        double largest = 0;
        for (int i = 0; i < found.size(); i++) {
            JsonNode candidate = candidates.get(i / labels);
            Span span = found.get(i);
            assertThat(List.of(span.start(), span.end()))
                    .isEqualTo(
                            List.of(candidate.get(0).asInt(), candidate.get(1).asInt()));
            assertThat(span.label()).isEqualTo(categorizer.settings().labels().get(i % labels));
            largest = Math.max(largest, Math.abs(span.score() - expected[i / labels * columns + i % labels]));
        }
        return largest;
    }
}
