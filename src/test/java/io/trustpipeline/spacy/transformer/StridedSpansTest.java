package io.trustpipeline.spacy.transformer;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class StridedSpansTest {

    /** The loop by which spacy-transformers describes its windows, in the same order. */
    private static List<List<Integer>> oracle(int tokens, int window, int stride) {
        List<List<Integer>> spans = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < tokens / stride; i++) {
            spans.add(List.of(start, Math.min(start + window, tokens)));
            if (start + window >= tokens) {
                return spans;
            }
            start += stride;
        }
        if (start < tokens) {
            spans.add(List.of(start, tokens));
        }
        return spans;
    }

    @Property
    void windows_are_those_of_the_loop(
            @ForAll @IntRange(max = 400) int tokens,
            @ForAll @IntRange(min = 1, max = 140) int window,
            @ForAll @IntRange(min = 1, max = 140) int stride) {
        StridedSpans spans = new StridedSpans(window, stride);
        assertThat(IntStream.range(0, spans.count(tokens))
                        .mapToObj(index -> List.of(spans.start(index), spans.end(index, tokens))))
                .containsExactlyElementsOf(oracle(tokens, window, stride));
    }

    @Property
    void no_window_with_a_token_of_a_part_is_left_out(
            @ForAll @IntRange(min = 1, max = 400) int tokens,
            @ForAll @IntRange(min = 1, max = 140) int window,
            @ForAll @IntRange(min = 1, max = 140) int stride,
            @ForAll @IntRange(max = 399) int from) {
        StridedSpans spans = new StridedSpans(window, stride);
        int start = Math.min(from, tokens - 1);
        int end = Math.min(start + 50, tokens);
        for (int index = 0; index < spans.count(tokens); index++) {
            if (spans.start(index) < end && spans.end(index, tokens) > start) {
                assertThat(index).isBetween(spans.firstWith(start, tokens), spans.lastBefore(end, tokens) - 1);
            }
        }
    }

    @Property
    void one_window_holds_the_document(@ForAll @IntRange(min = 1, max = 100_000) int tokens) {
        assertThat(StridedSpans.DOCUMENT.count(tokens)).isEqualTo(1);
        assertThat(StridedSpans.DOCUMENT.end(0, tokens)).isEqualTo(tokens);
        assertThat(StridedSpans.DOCUMENT.lastBefore(tokens, tokens)).isEqualTo(1);
    }
}
