package io.trustpipeline.spacy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** What a pipeline remembers of texts changes how long it takes, and nothing else. */
class RepeatedTextTest {

    private static final Language.Options ALL = Language.Options.DEFAULT.withAllCandidates(true);

    @TempDir
    Path temporary;

    private int loaded;

    private Language load(String model) {
        Path folder = temporary.resolve("model-" + loaded++);
        return Language.load(TestModels.named(model).directory(folder), ALL);
    }

    /** Texts, and texts cut and joined anew, so that known and unknown runs of every length meet. */
    private static List<String> texts(String model) throws Exception {
        List<String> texts = new ArrayList<>();
        for (JsonNode line : Golden.lines(TestModels.named(model).spans())) {
            texts.add(line.get("text").asText());
        }
        Random random = new Random(11);
        List<String> joined = new ArrayList<>(texts.subList(0, 40));
        for (int i = 0; i < 120; i++) {
            String one = joined.get(random.nextInt(joined.size()));
            String other = joined.get(random.nextInt(joined.size()));
            joined.add(one.substring(0, random.nextInt(one.length() + 1)) + " "
                    + other.substring(random.nextInt(other.length() + 1)));
        }
        return joined;
    }

    @ParameterizedTest
    @ValueSource(strings = {"communication", "competence", "x-legacy", "x-vectors", "x-deep"})
    void every_score_is_the_same_whatever_was_seen_before(String model) throws Exception {
        Language remembering = load(model);
        Language forgetful = load(model);
        LanguageSession one = remembering.newSession();
        LanguageSession other = forgetful.newSession();
        for (String text : texts(model)) {
            forgetful.forgetTexts();
            assertThat(one.annotate(text)).isEqualTo(other.annotate(text));
        }
        CacheCounts contexts = remembering.caches().contexts();
        assertThat(contexts.hitRate()).isBetween(0.02, 0.95);
    }

    @Test
    void threads_that_share_a_pipeline_find_what_one_finds() throws Exception {
        List<String> texts = texts("communication");
        LanguageSession alone = load("communication").newSession();
        List<SpanGroups> expected = texts.stream().map(alone::annotate).toList();
        Language shared = load("communication");
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                List<Integer> order = new ArrayList<>();
                for (int i = 0; i < texts.size(); i++) {
                    order.add(i);
                }
                Collections.shuffle(order, new Random(thread));
                tasks.add(() -> {
                    LanguageSession session = shared.newSession();
                    for (int i : order) {
                        assertThat(session.annotate(texts.get(i))).isEqualTo(expected.get(i));
                    }
                    return null;
                });
            }
            for (Future<Void> done : pool.invokeAll(tasks)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_text_seen_before_needs_no_arithmetic() {
        Language language = load("communication");
        LanguageSession session = language.newSession();
        String text = "The nurse listened to me and explained everything twice.";
        session.annotate(text);
        CacheUse before = language.caches();
        session.annotate(text);
        assertThat(language.caches().since(before).contexts().misses()).isZero();
        language.forgetTexts();
        before = language.caches();
        session.annotate(text);
        assertThat(language.caches().since(before).contexts().hitRate()).isZero();
    }
}
