package io.trustpipeline.spacy.spancat;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Every run of tokens of certain sizes ({@code spacy.ngram_suggester.v1} and {@code spacy.ngram_range_suggester.v1}).
 * spaCy lists them size by size; the stream goes from start to start, which needs each token's row once, and the size's
 * place is the slot.
 *
 * @param sizes in the order of the configuration
 */
public record NgramSuggester(List<Integer> sizes) implements Suggester {

    /** Longer candidates than this are taken for a mistake: they would fill the memory, and no text has such themes. */
    private static final int LONGEST = 1_000;

    /** Copies the sizes; each must be from 1 to 1,000. */
    public NgramSuggester {
        sizes = List.copyOf(sizes);
        for (int size : sizes) {
            if (size < 1 || size > LONGEST) {
                throw new IllegalArgumentException("size " + size + ": expected 1 to " + LONGEST);
            }
        }
    }

    /** All sizes from the least to the largest, both included. */
    public static NgramSuggester range(int least, int largest) {
        return new NgramSuggester(IntStream.rangeClosed(least, Math.min(largest, LONGEST + 1))
                .boxed()
                .toList());
    }

    @Override
    public int slots() {
        return sizes.size();
    }

    @Override
    public boolean sharesTokens() {
        return true;
    }

    @Override
    public Stream newStream() {
        return new Stream();
    }

    int shortest() {
        return Collections.min(sizes);
    }

    int longest() {
        return Collections.max(sizes);
    }

    @Override
    public String describe() {
        return "ngrams of " + sizes.stream().map(String::valueOf).collect(Collectors.joining(", ")) + " tokens";
    }

    final class Stream implements CandidateStream {

        /** Slots from the smallest size to the largest, so that a start's candidates only grow. */
        private final int[] slots;

        private final int[] lengths;
        private int length;
        private int start;
        private int until;

        Stream() {
            slots = IntStream.range(0, sizes.size())
                    .boxed()
                    .sorted(Comparator.comparing(sizes::get))
                    .mapToInt(Integer::intValue)
                    .toArray();
            lengths = Arrays.stream(slots).map(sizes::get).toArray();
        }

        @Override
        public void open(int documentLength, DocSpans spans) {
            open(0, documentLength, documentLength);
        }

        /** Only the candidates that start from {@code from} to before {@code to}. */
        void open(int from, int to, int documentLength) {
            length = documentLength;
            start = from;
            until = to;
        }

        @Override
        public boolean next(CandidateTile tile) {
            tile.clear();
            while (start < until && tile.capacity() - tile.size() >= lengths.length) {
                for (int i = 0; i < lengths.length && lengths[i] <= length - start; i++) {
                    tile.add(start, start + lengths[i], slots[i]);
                }
                start++;
            }
            return tile.size() > 0;
        }
    }
}
