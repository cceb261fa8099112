package io.trustpipeline.spacy.spancat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The streams of candidates against spaCy's loops. */
class SuggesterTest {

    @Property(tries = 500)
    void ngrams_come_size_by_size_once_their_slots_are_in_order(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 9) Integer> sizes,
            @ForAll @IntRange(min = 0, max = 40) int length,
            @ForAll @IntRange(min = 0, max = 20) int moreRoom) {
        List<List<Integer>> expected = new ArrayList<>();
        for (int size : sizes) {
            for (int start = 0; start + size <= length; start++) {
                expected.add(List.of(start, start + size));
            }
        }
        assertThat(candidates(new NgramSuggester(sizes), length, new DocSpans(), sizes.size() + moreRoom))
                .isEqualTo(expected);
    }

    @Property(tries = 500)
    void a_span_finders_pairs_are_those_of_the_double_loop(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 30) Integer> starts,
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 30) Integer> ends,
            @ForAll @IntRange(min = -1, max = 6) int least,
            @ForAll @IntRange(min = -1, max = 12) int most) {
        Integer minLength = least < 0 ? null : Integer.valueOf(least);
        Integer maxLength = most < 0 ? null : Integer.valueOf(most);
        IntList startList = ascending(starts);
        IntList endList = ascending(ends);
        List<List<Integer>> expected = new ArrayList<>();
        for (int start : new TreeSet<>(starts)) {
            for (int end : new TreeSet<>(ends)) {
                int length = end + 1 - start;
                if (length >= 1 && fits(length, minLength, maxLength)) {
                    expected.add(List.of(start, end + 1));
                }
            }
        }
        DocSpans spans = new DocSpans();
        spans.put("found", new FoundSpans(startList, endList, minLength, maxLength));
        assertThat(candidates(new PresetSuggester("found"), 31, spans, 7)).isEqualTo(expected);
    }

    private static boolean fits(int length, @Nullable Integer minLength, @Nullable Integer maxLength) {
        return (minLength == null || minLength <= length) && (maxLength == null || length <= maxLength);
    }

    private static IntList ascending(List<Integer> values) {
        IntList list = new IntList();
        new TreeSet<>(values).forEach(list::add);
        return list;
    }

    /** Draws all candidates through tiles of the given size and puts the slots one after the other. */
    private static List<List<Integer>> candidates(Suggester suggester, int length, DocSpans spans, int room) {
        CandidateTile tile = new CandidateTile(room);
        CandidateStream stream = suggester.newStream();
        stream.open(length, spans);
        KeptSpans all = new KeptSpans();
        while (stream.next(tile)) {
            int first = Integer.MAX_VALUE;
            int last = 0;
            for (int i = 0; i < tile.size(); i++) {
                all.add(tile.slot[i], tile.start[i], tile.end[i], 0, 0);
                first = Math.min(first, tile.start[i]);
                last = Math.max(last, tile.end[i]);
            }
            assertThat(tile.firstToken()).isEqualTo(first);
            assertThat(tile.lastToken()).isEqualTo(last);
        }
        List<List<Integer>> candidates = new ArrayList<>();
        for (int index : all.inCandidateOrder(suggester.slots())) {
            candidates.add(List.of(all.start(index), all.end(index)));
        }
        return candidates;
    }

    @Test
    void a_key_that_nobody_wrote_has_no_candidates() {
        assertThat(candidates(new PresetSuggester("nothing"), 10, new DocSpans(), 5))
                .isEmpty();
    }

    @Test
    void a_size_of_zero_is_refused() {
        assertThatThrownBy(() -> new NgramSuggester(List.of(1, 0))).hasMessageContaining("size 0");
    }
}
