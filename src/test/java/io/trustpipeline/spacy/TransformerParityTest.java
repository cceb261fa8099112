package io.trustpipeline.spacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.spancat.SpanCategorizer;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.transformer.TransformerTok2Vec;
import io.trustpipeline.spacy.transformer.WindowPieces;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Every transformer model against what spaCy computed with it: pieces, alignment, vectors and spans. */
class TransformerParityTest {

    /** Texts whose nearest candidate is closer to a decision than this may come out otherwise. */
    private static final double MARGIN = 1e-4;

    private static final double TOLERANCE = 1e-3;

    static Stream<TestModels.Fixture> models() {
        return TestModels.transformers();
    }

    /** Those whose pieces are cut token by token, too. */
    static Stream<TestModels.Fixture> allModels() {
        return Stream.concat(models(), TestModels.curated());
    }

    private static SpanCategorizer categorizer(Language language) {
        return language.components().stream()
                .filter(SpanCategorizer.class::isInstance)
                .map(SpanCategorizer.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("models")
    void windows_pieces_offsets_and_alignment_are_spacys(TestModels.Fixture fixture, @TempDir Path temporary)
            throws Exception {
        Language language = Language.load(fixture.directory(temporary), Language.Options.DEFAULT);
        LanguageSession session = language.newSession();
        WindowPieces pieces =
                new WindowPieces(((TransformerTok2Vec) categorizer(language).tok2vec()).transformer());
        for (JsonNode text : Golden.lines(fixture.spans())) {
            String id = fixture + " text " + text.get("id");
            Doc doc = session.tokenize(text.get("text").asText());
            pieces.open(doc, text.path("padded_len").asInt());
            assertThat(pieces.windows()).as(id).isEqualTo(matrix(text.get("windows")));
            assertThat(pieces.ids()).as(id).isEqualTo(matrix(text.get("ids")));
            if (text.hasNonNull("offsets")) {
                assertThat(pieces.offsets())
                        .as(id)
                        .isEqualTo(StreamSupport.stream(text.get("offsets").spliterator(), false)
                                .map(TransformerParityTest::matrix)
                                .toList());
            }
            assertThat(pieces.alignment()).as(id).isEqualTo(matrix(text.get("align")));
        }
    }

    private static List<List<Integer>> matrix(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(row -> StreamSupport.stream(row.spliterator(), false)
                        .map(JsonNode::asInt)
                        .toList())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("allModels")
    void spans_and_their_order_are_spacys(TestModels.Fixture fixture, @TempDir Path temporary) throws Exception {
        LanguageSession session = Language.load(fixture.directory(temporary), Language.Options.DEFAULT)
                .newSession();
        double largest = 0;
        int spans = 0;
        int close = 0;
        for (JsonNode text : Golden.lines(fixture.spans())) {
            List<Span> found = session.annotate(text.get("text").asText()).groups().stream()
                    .filter(group -> group.name().equals(text.get("spans_key").asText()))
                    .flatMap(group -> group.spans().stream())
                    .toList();
            List<String> expected = StreamSupport.stream(text.get("spans").spliterator(), false)
                    .map(Golden::place)
                    .toList();
            if (text.get("min_margin").asDouble(1) < MARGIN) {
                close++;
                continue;
            }
            assertThat(found.stream().map(Golden::place))
                    .as(fixture + " text " + text.get("id"))
                    .containsExactlyElementsOf(expected);
            for (int i = 0; i < found.size(); i++) {
                double score = text.get("spans").get(i).get("score").asDouble();
                largest = Math.max(largest, Math.abs(found.get(i).score() - score));
            }
            spans += found.size();
        }
        System.out.printf(
                "transformer %-22s %5d spans, %d texts too close to call, largest |score difference| %.1e%n",
                fixture, spans, close, largest);
        assertThat(largest).isLessThanOrEqualTo(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("allModels")
    void pooled_vectors_and_candidate_scores_are_spacys(TestModels.Fixture fixture, @TempDir Path temporary)
            throws Exception {
        Language language =
                Language.load(fixture.directory(temporary), Language.Options.DEFAULT.withAllCandidates(true));
        LanguageSession session = language.newSession();
        SpanCategorizer categorizer = categorizer(language);
        Map<String, JsonNode> texts = new HashMap<>();
        for (JsonNode text : Golden.lines(fixture.spans())) {
            texts.put(text.get("id").asText(), text);
        }
        double vectors = 0;
        double scores = 0;
        for (JsonNode dense : Golden.lines(fixture.dense())) {
            Doc doc = session.tokenize(
                    texts.get(dense.get("id").asText()).get("text").asText());
            List<Span> found = session.annotate(doc).groups().get(0).spans();
            float[] expected = Golden.floats(dense.get("cand_scores"));
            int labels = categorizer.settings().labels().size();
            int columns = labels + (categorizer.settings().negativeLabel() ? 1 : 0);
            assertThat(found.size()).isEqualTo(dense.get("cand").size() * labels);
            for (int i = 0; i < found.size(); i++) {
                scores = Math.max(scores, Math.abs(found.get(i).score() - expected[i / labels * columns + i % labels]));
            }
            if (dense.has("tokvecs") && doc.length() > 0) {
                vectors = Math.max(vectors, difference(session, categorizer, doc, dense.get("tokvecs")));
            }
        }
        System.out.printf(
                "transformer %-22s largest |difference| vectors %.1e candidate scores %.1e%n",
                fixture, vectors, scores);
        assertThat(vectors).isLessThanOrEqualTo(TOLERANCE);
        assertThat(scores).isLessThanOrEqualTo(TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("allModels")
    void several_texts_at_once_give_to_the_last_bit_what_each_gives_alone(
            TestModels.Fixture fixture, @TempDir Path temporary) throws Exception {
        Language language = Language.load(fixture.directory(temporary), Language.Options.DEFAULT);
        List<String> texts = new ArrayList<>();
        for (JsonNode text : Golden.lines(fixture.spans()).subList(0, 40)) {
            texts.add(text.get("text").asText());
            texts.add(texts.get(texts.size() / 2));
        }
        LanguageSession together = language.newSession();
        LanguageSession alone = language.newSession();
        List<SpanGroups> expected = texts.stream().map(alone::annotate).toList();
        assertThat(together.annotate(texts)).isEqualTo(expected);
        assertThat(together.annotate(texts.subList(3, 20))).isEqualTo(expected.subList(3, 20));
    }

    private static double difference(LanguageSession session, SpanCategorizer categorizer, Doc doc, JsonNode tokvecs) {
        TensorWindow window = session.window(categorizer.tok2vec());
        window.open(doc);
        window.cover(0, doc.length());
        float[] expected = Golden.floats(tokvecs);
        assertThat(expected.length).isEqualTo(doc.length() * window.width());
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            int at = window.offset(i / window.width()) + i % window.width();
            largest = Math.max(largest, Math.abs(window.rows()[at] - expected[i]));
        }
        return largest;
    }
}
