package io.trustpipeline.spacy.spancat;

import org.jspecify.annotations.Nullable;

/**
 * What a span finder found: where spans may start and where they may end. The pairs, which may be many, are only made as
 * they are asked for.
 */
final class FoundSpans implements SpanSource {

    private final IntList starts;
    private final IntList ends;
    private final int shortest;
    private final int longest;

    /**
     * Spans from a start to an end.
     *
     * @param starts first tokens, ascending
     * @param ends last tokens (inclusive), ascending
     */
    FoundSpans(IntList starts, IntList ends, @Nullable Integer minLength, @Nullable Integer maxLength) {
        this.starts = starts;
        this.ends = ends;
        this.shortest = minLength == null ? 1 : Math.max(1, minLength);
        this.longest = maxLength == null ? Integer.MAX_VALUE : maxLength;
    }

    @Override
    public Cursor cursor() {
        return new Pairs();
    }

    private final class Pairs implements Cursor {

        private int atStart = -1;
        private int atEnd = ends.size();

        /** The first end that is far enough from the present start; it only moves forward. */
        private int nearest;

        @Override
        public boolean next() {
            atEnd++;
            while (atEnd >= ends.size() || length() > longest) {
                if (++atStart >= starts.size()) {
                    return false;
                }
                while (nearest < ends.size() && ends.get(nearest) + 1 - start() < shortest) {
                    nearest++;
                }
                atEnd = nearest;
            }
            return true;
        }

        private int length() {
            return end() - start();
        }

        @Override
        public int start() {
            return starts.get(atStart);
        }

        @Override
        public int end() {
            return ends.get(atEnd) + 1;
        }
    }
}
