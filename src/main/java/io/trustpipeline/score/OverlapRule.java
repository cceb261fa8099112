package io.trustpipeline.score;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of two spans of one theme whose ranges cross or touch and whose words are nearly the same ({@link SpanWords#similar}),
 * the shorter is not relevant; of two equally long ones the later.
 *
 * <p>The rule is defined over all pairs. Since it only ever takes relevance away, pairs can be visited in any order, and
 * a sweep from left to right visits just those that touch.
 */
final class OverlapRule {
    private final List<ThemeSpan> spans;
    private final @Nullable SpanWords[] words;
    private final int[] lengths;

    private OverlapRule(List<ThemeSpan> spans) {
        this.spans = spans;
        this.words = new SpanWords[spans.size()];
        this.lengths = spans.stream()
                .mapToInt(span -> span.text().codePointCount(0, span.text().length()))
                .toArray();
    }

    /** Replaces the spans of the list that lose against another. */
    static void flag(List<ThemeSpan> spans) {
        OverlapRule rule = new OverlapRule(spans);
        Map<String, List<Integer>> themes = new HashMap<>();
        for (int i = 0; i < spans.size(); i++) {
            themes.computeIfAbsent(spans.get(i).theme(), theme -> new ArrayList<>())
                    .add(i);
        }
        themes.values().forEach(rule::sweep);
    }

    private void sweep(List<Integer> members) {
        members.sort(Comparator.comparingInt(i -> spans.get(i).startChar()));
        List<Integer> reaching = new ArrayList<>();
        for (int current : members) {
            int start = spans.get(current).startChar();
            reaching.removeIf(earlier -> spans.get(earlier).endChar() < start);
            for (int earlier : reaching) {
                compare(Math.min(earlier, current), Math.max(earlier, current));
            }
            reaching.add(current);
        }
    }

    private void compare(int first, int second) {
        int loser = lengths[first] < lengths[second] ? first : second;
        if (spans.get(loser).relevant() && words(first).similar(words(second))) {
            spans.set(loser, spans.get(loser).irrelevant());
        }
    }

    private SpanWords words(int index) {
        SpanWords known = words[index];
        if (known == null) {
            known = SpanWords.of(spans.get(index).text());
            words[index] = known;
        }
        return known;
    }
}
