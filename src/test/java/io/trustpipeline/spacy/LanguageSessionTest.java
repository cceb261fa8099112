package io.trustpipeline.spacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.management.ThreadMXBean;
import io.trustpipeline.spacy.nn.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

class LanguageSessionTest {

    @TempDir
    Path temporary;

    private Language load(String model, Language.Options options) {
        return Language.load(TestModels.named(model).directory(temporary), options);
    }

    /** With plain Java arithmetic, since vectors count as allocated until the compiler puts them into registers. */
    private Language scalar(String model) {
        return Language.load(TestModels.named(model).directory(temporary), Language.Options.DEFAULT, Kernels.scalar());
    }

    private static List<String> texts(String model) throws Exception {
        List<String> texts = new ArrayList<>();
        for (JsonNode line : Golden.lines(TestModels.named(model).spans())) {
            texts.add(line.get("text").asText());
        }
        return texts;
    }

    /** The parts of a long text that make it unlike its pieces are only their edges. */
    private static String repeated(String sentence, int tokens, int tokensEach) {
        return sentence.repeat(tokens / tokensEach);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-two-spancats", "x-finder-own"})
    void a_document_of_100000_tokens_needs_no_more_memory_than_a_short_one(String model) {
        LanguageSession session = scalar(model).newSession();
        String sentence = "the nurse was so kind . ";
        Doc small = session.tokenize(repeated(sentence, 1_200, 6));
        Doc large = session.tokenize(repeated(sentence, 100_000, 6));
        assertThat(large.length()).isGreaterThan(99_000);
        session.annotate(small);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        SpanGroups found = session.annotate(large);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        long spans =
                found.groups().stream().mapToLong(group -> group.spans().size()).sum();
        System.out.printf(
                "long   %-18s %d tokens, %d spans: %d KiB allocated%n", model, large.length(), spans, allocated >> 10);
        // What is left is proportional to the spans: the spans themselves and the arrays they were collected in.
        assertThat(allocated).isLessThan((1 << 20) + 200 * spans);
    }

    @Test
    void an_annotated_text_allocates_for_its_tokens_and_spans_alone() throws Exception {
        LanguageSession session = scalar("communication").newSession();
        List<Doc> docs = texts("communication").stream().map(session::tokenize).toList();
        docs.forEach(session::annotate);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long tokens = 0;
        for (Doc doc : docs) {
            session.annotate(doc);
            tokens += doc.length();
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        System.out.printf("memory communication: %.1f bytes a token%n", (double) allocated / tokens);
        assertThat(allocated).isLessThan(32 * tokens);
    }

    /** Far from its edges, a text that repeats itself has the same scores again and again. */
    @Test
    void the_scores_of_a_long_document_do_not_depend_on_where_it_is_cut() {
        Language.Options all = Language.Options.DEFAULT.withAllCandidates(true);
        LanguageSession session = load("x-deep", all).newSession();
        String sentence = "the nurse was so kind to us all ! ";
        int period = 9;
        Doc doc = session.tokenize(sentence.repeat(200));
        assertThat(doc.length()).isEqualTo(200 * period);
        List<Span> spans = session.annotate(doc).groups().get(0).spans();
        int margin = 3 * period;
        List<List<Float>> first = new ArrayList<>();
        for (Span span : spans) {
            if (span.start() >= margin && span.end() <= doc.length() - margin) {
                int size = span.end() - span.start();
                int place = (size * period + span.start() % period) * 2
                        + (span.label().equals("POS") ? 0 : 1);
                while (first.size() <= place) {
                    first.add(new ArrayList<>());
                }
                if (first.get(place).isEmpty()) {
                    first.get(place).add(span.score());
                }
                assertThat(Math.abs(span.score() - first.get(place).get(0)))
                        .as("span %d-%d", span.start(), span.end())
                        .isLessThanOrEqualTo(1e-6f);
            }
        }
    }

    @Test
    void a_session_gives_the_same_whatever_it_did_before() throws Exception {
        Language language = load("x-two-spancats", Language.Options.DEFAULT.withAllCandidates(true));
        LanguageSession busy = language.newSession();
        List<String> texts = texts("x-two-spancats");
        texts.forEach(busy::annotate);
        for (String text : texts.subList(0, 20)) {
            assertThat(busy.annotate(text)).isEqualTo(language.newSession().annotate(text));
        }
    }

    @Test
    void threads_that_share_a_model_get_the_same() throws Exception {
        Language language = load("x-columns", Language.Options.DEFAULT.withAllCandidates(true));
        List<String> texts = texts("x-columns");
        int threads = 3;
        CyclicBarrier start = new CyclicBarrier(threads);
        Callable<List<SpanGroups>> work = () -> {
            start.await();
            LanguageSession session = language.newSession();
            return texts.stream().map(session::annotate).toList();
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<SpanGroups>>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(pool.submit(work));
            }
            LanguageSession alone = language.newSession();
            List<SpanGroups> expected = texts.stream().map(alone::annotate).toList();
            for (Future<List<SpanGroups>> future : futures) {
                assertThat(future.get()).isEqualTo(expected);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void texts_without_tokens_have_empty_groups() {
        LanguageSession session =
                load("x-two-spancats", Language.Options.DEFAULT).newSession();
        SpanGroups found = session.annotate("");
        assertThat(found.groups()).extracting(SpanGroup::name).containsExactlyInAnyOrder("sc", "themes");
        assertThat(found.groups()).allSatisfy(group -> assertThat(group.spans()).isEmpty());
    }

    @Test
    void a_threshold_from_outside_takes_the_place_of_the_models_own() throws Exception {
        Path directory = TestModels.named("x-single").directory(temporary);
        List<String> texts = texts("x-single");
        LanguageSession own = Language.load(directory, Language.Options.DEFAULT).newSession();
        LanguageSession strict = Language.load(directory, Language.Options.DEFAULT.withThreshold(0.7f))
                .newSession();
        int kept = 0;
        for (String text : texts) {
            List<Span> expected = own.annotate(text).groups().get(0).spans().stream()
                    .filter(span -> span.score() >= 0.7f)
                    .toList();
            assertThat(strict.annotate(text).groups().get(0).spans()).isEqualTo(expected);
            kept += expected.size();
        }
        assertThat(kept).isPositive();
    }

    /** x-max-one keeps the best label alone, x-single-apart lets no spans overlap: then the best come first. */
    @ParameterizedTest
    @ValueSource(strings = {"x-two-spancats", "x-max-one", "x-single-apart", "x-width-48"})
    void spans_near_the_threshold_stand_aside_and_in_the_order_that_a_lower_one_gives(String model) throws Exception {
        Path directory = TestModels.named(model).directory(temporary);
        Language.Options options = Language.Options.DEFAULT.withThreshold(0.9f);
        LanguageSession without = Language.load(directory, options).newSession();
        LanguageSession near = Language.load(directory, options.withNear(0.5f)).newSession();
        LanguageSession lower =
                Language.load(directory, options.withThreshold(0.45f)).newSession();
        int aside = 0;
        for (String text : texts(model)) {
            List<SpanGroup> groups = near.annotate(text).groups();
            assertThat(groups)
                    .extracting(SpanGroup::spans)
                    .isEqualTo(without.annotate(text).groups().stream()
                            .map(SpanGroup::spans)
                            .toList());
            assertThat(groups.stream().map(LanguageSessionTest::together).toList())
                    .isEqualTo(lower.annotate(text).groups().stream()
                            .map(SpanGroup::spans)
                            .toList());
            aside += groups.stream().mapToInt(group -> group.near().size()).sum();
        }
        assertThat(aside).isPositive();
    }

    private static List<Span> together(SpanGroup group) {
        List<Span> spans = new ArrayList<>();
        int next = 0;
        for (int i = 0; i <= group.spans().size(); i++) {
            while (next < group.near().size() && group.near().get(next).before() == i) {
                spans.add(group.near().get(next++).span());
            }
            if (i < group.spans().size()) {
                spans.add(group.spans().get(i));
            }
        }
        return spans;
    }

    @Test
    void the_card_says_what_runs_and_why_the_rest_does_not() {
        ModelCard card = load("x-company", Language.Options.DEFAULT).card();
        assertThat(card.language()).isEqualTo("en");
        assertThat(card.spacyVersion()).contains("3.8");
        assertThat(card.components())
                .extracting(ComponentCard::name)
                .containsExactly("sentencizer", "tok2vec", "tagger", "textcat", "spancat");
        assertThat(card.components().stream().filter(ComponentCard::runs).map(ComponentCard::name))
                .containsExactly("tok2vec", "spancat");
        ComponentCard tok2vec = card.components().get(1);
        assertThat(tok2vec.architecture()).isEqualTo("spacy.Tok2Vec.v2");
        Tok2VecCard tensor = (Tok2VecCard) tok2vec.tok2vec();
        assertThat(tensor.attributes())
                .containsExactly(Attribute.NORM, Attribute.PREFIX, Attribute.SUFFIX, Attribute.SHAPE);
        assertThat(tensor.width()).isEqualTo(32);
        assertThat(tensor.depth()).isEqualTo(2);
        ComponentCard spancat = card.components().get(4);
        assertThat(spancat.suggester()).isEqualTo("ngrams of 1, 2, 3 tokens");
        assertThat(spancat.spanCategorizer().labels()).containsExactly("POS", "NEG");
        assertThat(spancat.spanCategorizer().threshold()).isEqualTo(0.5f);
        assertThat(load2("x-disabled").components().get(2).skipped()).isEqualTo("disabled");
    }

    private ModelCard load2(String model) {
        return Language.load(TestModels.named(model).directory(temporary.resolve("second")), Language.Options.DEFAULT)
                .card();
    }
}
