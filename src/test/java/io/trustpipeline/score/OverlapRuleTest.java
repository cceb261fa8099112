package io.trustpipeline.score;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class OverlapRuleTest {
    @Test
    void the_shorter_of_two_spans_with_nearly_the_same_words_is_not_relevant() {
        String comment = "the nurse was so kind";

        assertThat(relevant(Spans.of(comment, comment), Spans.of(comment, "nurse was so kind")))
                .containsExactly(true, false);
    }

    @Test
    void spans_that_share_too_few_words_both_stay() {
        String comment = "very kind staff and helpful";

        assertThat(relevant(Spans.of(comment, "very kind staff"), Spans.of(comment, "kind staff and helpful")))
                .containsExactly(true, true);
    }

    @Test
    void a_cosine_of_exactly_70_percent_is_not_enough() {
        String comment = "aa bb cc dd ee ff gg hh ii jj kk ll mm";
        ThemeSpan first = Spans.of(comment, "aa bb cc dd ee ff gg hh ii jj");

        assertThat(relevant(first, Spans.of(comment, "dd ee ff gg hh ii jj kk ll mm")))
                .containsExactly(true, true);
        assertThat(relevant(first, Spans.of(comment, "dd ee ff gg hh ii jj kk ll")))
                .containsExactly(true, false);
    }

    @Test
    void of_two_equally_long_spans_the_later_in_the_list_loses_wherever_it_stands() {
        String comment = "kind nursekind nurse";
        ThemeSpan left = Spans.at("A", comment, 0, 10);
        ThemeSpan right = Spans.at("A", comment, 10, 20);

        assertThat(relevant(left, right)).containsExactly(true, false);
        assertThat(relevant(right, left)).containsExactly(true, false);
    }

    @Test
    void ranges_that_merely_touch_overlap_and_those_one_character_apart_do_not() {
        assertThat(relevant(
                        Spans.at("A", "kind nursekind nurse", 0, 10), Spans.at("A", "kind nursekind nurse", 10, 20)))
                .containsExactly(true, false);
        assertThat(relevant(
                        Spans.at("A", "kind nurse kind nurse", 0, 10), Spans.at("A", "kind nurse kind nurse", 11, 21)))
                .containsExactly(true, true);
    }

    @Test
    void spans_of_different_themes_never_meet() {
        assertThat(relevant(Spans.at("A", "kind nurse", 0, 10), Spans.at("B", "kind nurse", 0, 10)))
                .containsExactly(true, true);
    }

    @Test
    void a_span_that_is_not_relevant_still_takes_it_from_others() {
        String comment = "kind nurse";
        ThemeSpan flagged = Spans.of(comment, "kind nurse").irrelevant();

        assertThat(relevant(flagged, Spans.of(comment, "kind"))).containsExactly(false, false);
    }

    @Test
    void words_of_one_letter_have_no_similarity() {
        assertThat(relevant(Spans.of("I", "I"), Spans.of("I", "I"))).containsExactly(true, true);
    }

    @Property(tries = 400)
    void the_sweep_flags_what_comparing_all_pairs_flags(@ForAll("spansOfOneComment") List<ThemeSpan> spans) {
        List<ThemeSpan> swept = new ArrayList<>(spans);
        OverlapRule.flag(swept);

        assertThat(swept).isEqualTo(allPairs(spans));
    }

    /** The rule as it is defined. */
    private static List<ThemeSpan> allPairs(List<ThemeSpan> spans) {
        List<ThemeSpan> result = new ArrayList<>(spans);
        for (int i = 0; i < spans.size(); i++) {
            for (int j = i + 1; j < spans.size(); j++) {
                ThemeSpan a = spans.get(i);
                ThemeSpan b = spans.get(j);
                boolean overlap = a.theme().equals(b.theme())
                        && a.endChar() >= b.startChar()
                        && b.endChar() >= a.startChar()
                        && SpanWords.of(a.text()).similar(SpanWords.of(b.text()));
                if (overlap) {
                    int loser = length(a) < length(b) ? i : j;
                    result.set(loser, result.get(loser).irrelevant());
                }
            }
        }
        return result;
    }

    private static int length(ThemeSpan span) {
        return span.text().codePointCount(0, span.text().length());
    }

    @Provide
    Arbitrary<List<ThemeSpan>> spansOfOneComment() {
        Arbitrary<String> comments = Arbitraries.of("kind", "nurse", "so", "I", "𠮷野", "Kind,", "…")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(words -> String.join(" ", words));
        return comments.flatMap(comment -> {
            int length = comment.codePointCount(0, comment.length());
            Arbitrary<Integer> place = Arbitraries.integers().between(0, length);
            return Combinators.combine(Arbitraries.of("A", "B"), place, place)
                    .as((theme, a, b) -> Spans.at(theme, comment, Math.min(a, b), Math.max(a, b)))
                    .list()
                    .ofMaxSize(30);
        });
    }

    @Test
    void the_time_for_many_spans_grows_with_their_number_and_not_its_square() {
        String comment = "kind nurse ".repeat(200_000);
        List<ThemeSpan> spans = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            spans.add(new ThemeSpan("A", "L", "kind nurse", 11 * i, 11 * i + 10, 0, 1, 1, true, "d"));
        }

        List<ThemeSpan> result = assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> PostRules.apply(new CodePoints(comment), spans));

        assertThat(result).allMatch(ThemeSpan::relevant).hasSize(200_000);
    }

    private static List<Boolean> relevant(ThemeSpan... spans) {
        List<ThemeSpan> list = new ArrayList<>(List.of(spans));
        OverlapRule.flag(list);
        return list.stream().map(ThemeSpan::relevant).toList();
    }
}
