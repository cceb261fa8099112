package io.trustpipeline.score;

import io.trustpipeline.score.Outcome.Empty;
import io.trustpipeline.score.Outcome.Rejected;
import io.trustpipeline.score.Outcome.Scored;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ScorerTest {
    private static final Group NO_ROW = new SimpleGroup(MessageTypeParser.parseMessageType("message m { }"));
    private static final String KIND =
            "An excellent surgeon: the nurse was kind and explained everything to me clearly.";

    private static @Nullable ThemeModels models;
    private static @Nullable Scorer scorer;
    private static Set<String> all = Set.of();

    @BeforeAll
    @BeforeContainer
    static void open() {
        if (models == null) {
            models = DemoModels.load(ScoringMode.RULES);
            scorer = new Scorer(models, ScoringSettings.of(2));
            all = models.models().stream().map(ThemeModel::name).collect(Collectors.toSet());
        }
    }

    @AfterAll
    @AfterContainer
    static void close() {
        if (models != null) {
            scorer.close();
            models.close();
            models = null;
        }
    }

    @Test
    void every_comment_has_one_outcome_in_its_place() {
        List<Outcome> outcomes = scorer.score(List.of(
                comment(0, "a", KIND),
                comment(1, "b", null),
                comment(2, null, KIND),
                new Comment(3, "d", KIND, NO_ROW, Set.of()),
                comment(4, "e", "x".repeat(1_000_001)),
                comment(5, "f", KIND)));

        assertThat(outcomes)
                .extracting(outcome -> outcome.getClass().getSimpleName())
                .containsExactly("Scored", "Empty", "Rejected", "AlreadyScored", "Rejected", "Scored");
        assertThat(outcomes).extracting(outcome -> outcome.comment().row()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(spans(outcomes.get(0))).isNotEmpty().isEqualTo(spans(outcomes.get(5)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0\u2007\u3000", "\u001c\u0085"})
    void a_text_of_white_space_is_empty(String text) {
        assertThat(one(text)).isInstanceOf(Empty.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\ufeff", ".", "\u0000", "a"})
    void a_text_of_one_character_that_is_no_white_space_is_scored(String text) {
        assertThat(one(text)).isInstanceOf(Scored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0"})
    void a_blank_key_is_rejected(String key) {
        assertThat(scorer.score(List.of(comment(0, key, KIND))).get(0))
                .isEqualTo(new Rejected(comment(0, key, KIND), "check", "the key is missing or blank"));
    }

    @Test
    void where_keys_are_not_required_a_comment_without_one_is_scored() {
        try (Scorer keyless = new Scorer(models, new ScoringSettings(1, 1_000_000, false))) {
            assertThat(keyless.score(List.of(comment(0, null, KIND))).get(0)).isInstanceOf(Scored.class);
        }
    }

    @Test
    void a_text_beyond_the_limit_is_rejected_with_both_numbers_and_counted_in_code_points() {
        try (Scorer brief = new Scorer(models, new ScoringSettings(1, 10, true))) {
            Outcome rejected =
                    brief.score(List.of(comment(0, "a", "👍".repeat(11)))).get(0);
            assertThat(((Rejected) rejected).reason()).isEqualTo("the text has 11 characters; at most 10 are scored");
            assertThat(((Rejected) rejected).stage()).isEqualTo(Scorer.CHECK);
            assertThat(brief.score(List.of(comment(0, "a", "👍".repeat(10)))).get(0))
                    .isInstanceOf(Scored.class);
        }
    }

    @Test
    void a_text_of_a_million_characters_is_scored() {
        StringBuilder text = new StringBuilder(KIND).append(' ');
        while (text.length() < 990_000) {
            text.append("Nothing to report today, the weather was dull. ");
        }
        text.append(KIND);

        Comment comment = new Comment(0, "a", text.toString(), NO_ROW, Set.of("Care_and_Treatment"));
        Scored scored = (Scored) scorer.score(List.of(comment)).get(0);

        assertThat(scored.spans()).isNotEmpty();
        assertThat(scored.spans().stream().mapToInt(ThemeSpan::endChar).max().orElse(0))
                .isGreaterThan(900_000);
        scored.spans().forEach(span -> assertThat(text.substring(span.startChar(), span.endChar()))
                .isEqualTo(span.text()));
    }

    @Property(tries = 150)
    void whatever_a_text_holds_its_spans_are_parts_of_it(@ForAll @Size(max = 400) char[] anything) {
        String text = new String(anything) + " 👍 " + KIND;

        Scored scored = (Scored) one(text);

        CodePoints comment = new CodePoints(CodePoints.wellFormed(text));
        assertThat(scored.spans()).allSatisfy(span -> assertThat(comment.slice(span.startChar(), span.endChar()))
                .isEqualTo(span.text()));
    }

    @Test
    void only_the_themes_that_a_comment_asks_for_are_scored_even_when_another_has_the_same_text() {
        List<Outcome> outcomes = scorer.score(List.of(
                new Comment(0, "a", KIND, NO_ROW, Set.of("Competence")),
                new Comment(1, "b", KIND, NO_ROW, Set.of("Effective_Communication")),
                comment(2, "c", KIND)));

        assertThat(spans(outcomes.get(0))).extracting(ThemeSpan::theme).containsOnly("Competence");
        assertThat(spans(outcomes.get(1))).extracting(ThemeSpan::theme).containsOnly("Effective_Communication");
        assertThat(Stream.concat(spans(outcomes.get(0)).stream(), spans(outcomes.get(1)).stream()))
                .isSubsetOf(spans(outcomes.get(2)));
        assertThatThrownBy(() -> scorer.score(List.of(new Comment(0, "a", KIND, NO_ROW, Set.of("Nobody")))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Nobody");
    }

    @Test
    void the_number_of_threads_the_batch_and_the_caller_change_nothing() throws Exception {
        List<Comment> comments = manyComments(300);
        List<Outcome> expected = new ArrayList<>();
        try (Scorer single = new Scorer(models, ScoringSettings.of(1))) {
            comments.forEach(comment -> expected.addAll(single.score(List.of(comment))));
        }
        ExecutorService callers = Executors.newFixedThreadPool(3);
        try (Scorer many = new Scorer(models, ScoringSettings.of(4))) {
            List<Future<List<Outcome>>> results = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                results.add(callers.submit(() -> many.score(comments)));
            }
            for (Future<List<Outcome>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(expected).anyMatch(outcome -> !spans(outcome).isEmpty());
    }

    @Test
    void raw_gives_white_space_a_chance_and_drops_nothing() {
        try (ThemeModels raw = DemoModels.load(ScoringMode.RAW);
                Scorer rawScorer = new Scorer(raw, ScoringSettings.of(2))) {
            List<Comment> comments = new ArrayList<>(manyComments(300));
            comments.add(comment(300, "excluded", "really"));
            List<ThemeSpan> rawSpans = spans(rawScorer.score(comments));
            List<ThemeSpan> ruled = spans(scorer.score(comments));

            assertThat(rawScorer.score(List.of(comment(0, "a", " \n "))).get(0)).isInstanceOf(Scored.class);
            assertThat(rawScorer.score(List.of(comment(0, "a", null))).get(0)).isInstanceOf(Empty.class);
            assertThat(rawSpans).hasSizeGreaterThan(ruled.size()).allMatch(ThemeSpan::relevant);
            assertThat(rawSpans.stream().map(ScorerTest::tokens))
                    .containsAll(ruled.stream().map(ScorerTest::tokens).toList());
        }
    }

    @Test
    void a_text_of_an_earlier_batch_is_scored_for_new_themes_alone() {
        String text = "Sister Mary explained it all, twice, and was so kind to me.";
        String first = models.models().get(0).name();
        try (Scorer once = new Scorer(models, ScoringSettings.of(1))) {
            List<ThemeSpan> part = spans(once.score(List.of(new Comment(0, "a", text, NO_ROW, Set.of(first)))));
            long ofFirst = lookups(0);
            List<ThemeSpan> whole = spans(once.score(List.of(comment(0, "b", text))));
            long ofSecond = lookups(1);

            assertThat(lookups(0)).isEqualTo(ofFirst);
            assertThat(whole).containsAll(part).isEqualTo(spans(scorer.score(List.of(comment(0, "b", text)))));
            long ofAnother = lookups(1);
            assertThat(ofAnother).isGreaterThan(ofSecond);
            assertThat(spans(once.score(List.of(comment(0, "c", text))))).isEqualTo(whole);
            assertThat(lookups(1)).isEqualTo(ofAnother);
        }
    }

    /** How many words a model has looked up. */
    private static long lookups(int model) {
        return models.models().get(model).language().caches().words().lookups();
    }

    @Test
    void all_candidates_come_with_every_label_whatever_their_score() {
        try (ThemeModels models = DemoModels.load(ScoringMode.ALL_CANDIDATES);
                Scorer candidates = new Scorer(models, ScoringSettings.of(1))) {
            List<ThemeSpan> spans = spans(candidates.score(
                    List.of(new Comment(0, "a", "The nurse was kind", NO_ROW, Set.of("Effective_Communication")))));
            int labels = models.models().get(0).labels().size();

            // 4 + 3 + 2 n-grams of 1, 2 and 3 tokens
            assertThat(spans).hasSize(9 * labels).anyMatch(span -> span.score() < 0.1);
        }
    }

    @Test
    void a_lone_surrogate_becomes_the_replacement_character_of_one_code_point() {
        try (ThemeModels models = DemoModels.load(ScoringMode.ALL_CANDIDATES);
                Scorer candidates = new Scorer(models, ScoringSettings.of(1))) {
            Set<String> theme = Set.of("Effective_Communication");
            List<Outcome> outcomes = candidates.score(List.of(
                    new Comment(0, "a", "so \uD83D kind", NO_ROW, theme),
                    new Comment(1, "b", "so \uFFFD kind", NO_ROW, theme)));

            assertThat(spans(outcomes.get(0)))
                    .isEqualTo(spans(outcomes.get(1)))
                    .anyMatch(
                            span -> span.text().equals("\uFFFD kind") && span.startChar() == 3 && span.endChar() == 9);
        }
    }

    private static String tokens(ThemeSpan span) {
        return "%s %s %d-%d %s".formatted(span.theme(), span.label(), span.startToken(), span.endToken(), span.score());
    }

    /** Some texts that say something, in a random order, many of them twice. */
    private static List<Comment> manyComments(int number) {
        List<String> parts = List.of(
                "The doctor listened",
                "to me",
                "an excellent dentist",
                "really",
                "very kind staff",
                "she explained everything clearly",
                "!",
                "👍",
                "and I trust them.",
                "honest",
                "care",
                "they lied");
        Random random = new Random(5);
        List<Comment> comments = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            List<String> words = new ArrayList<>(parts);
            Collections.shuffle(words, random);
            comments.add(comment(i, "k" + i, String.join(" ", words.subList(0, 1 + random.nextInt(6)))));
        }
        return comments;
    }

    private static Outcome one(String text) {
        return scorer.score(List.of(comment(0, "a", text))).get(0);
    }

    private static List<ThemeSpan> spans(Outcome outcome) {
        return ((Scored) outcome).spans();
    }

    private static List<ThemeSpan> spans(List<Outcome> outcomes) {
        return outcomes.stream().flatMap(outcome -> spans(outcome).stream()).toList();
    }

    private static Comment comment(long row, @Nullable String key, @Nullable String text) {
        return new Comment(row, key, text, NO_ROW, all);
    }
}
