package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.Span;

import java.util.List;

/** Spans under a key of {@code doc.spans}, as a later suggester reads them: in order, as token ranges. */
interface SpanSource {

    /** No spans. */
    SpanSource NONE = of(List.of());

    /** A pass over the spans. */
    Cursor cursor();

    /** Stands before the first span until {@link #next()} is called. */
    interface Cursor {

        /** Goes to the next span; false after the last. */
        boolean next();

        int start();

        int end();
    }

    /** The spans of a list. */
    static SpanSource of(List<Span> spans) {
        return () -> new Cursor() {
            private int at = -1;

            @Override
            public boolean next() {
                return ++at < spans.size();
            }

            @Override
            public int start() {
                return spans.get(at).start();
            }

            @Override
            public int end() {
                return spans.get(at).end();
            }
        };
    }
}
