package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Doc;

/** Cuts documents into the windows that are encoded, as spacy-transformers' span getters do. Immutable. */
public sealed interface SpanGetter permits StridedSpans, SentenceSpans {

    /** The windows of a document. */
    Windows of(Doc doc);

    /** For people, such as {@code window 128, stride 96}. */
    String describe();

    /** The windows of one document, half-open, in tokens, in their order. */
    interface Windows {

        /** How many there are. */
        int count();

        /** The first token of a window. */
        int start(int index);

        /** The token after a window's last. */
        int end(int index);

        /** A window that no window with this token or a later one comes before. */
        int firstWith(int token);

        /** The window after the last that starts before a token. */
        int lastBefore(int token);
    }
}
