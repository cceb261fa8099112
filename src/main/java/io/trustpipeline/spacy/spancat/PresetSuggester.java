package io.trustpipeline.spacy.spancat;

/**
 * The spans that another component has put under a key of {@code doc.spans} ({@code spacy.preset_spans_suggester.v1}).
 *
 * @param spansKey the key
 */
public record PresetSuggester(String spansKey) implements Suggester {

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public boolean sharesTokens() {
        return false;
    }

    @Override
    public CandidateStream newStream() {
        return new Stream();
    }

    @Override
    public String describe() {
        return "spans of doc.spans[\"" + spansKey + "\"]";
    }

    private final class Stream implements CandidateStream {

        /** A tile is closed rather than spread over more tokens than this, unless by a span that is as long itself. */
        private static final int SPREAD = 512;

        private SpanSource.Cursor cursor = SpanSource.NONE.cursor();
        private boolean pending;

        @Override
        public void open(int length, DocSpans spans) {
            cursor = spans.source(spansKey).cursor();
            pending = cursor.next();
        }

        @Override
        public boolean next(CandidateTile tile) {
            tile.clear();
            while (pending && tile.size() < tile.capacity() && isNear(tile)) {
                tile.add(cursor.start(), cursor.end(), 0);
                pending = cursor.next();
            }
            return tile.size() > 0;
        }

        private boolean isNear(CandidateTile tile) {
            int length = cursor.end() - cursor.start();
            return tile.size() == 0 || tile.spread(cursor.start(), cursor.end()) <= Math.max(SPREAD, length);
        }
    }
}
