package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.function.Function;

/** A pipeline component that writes {@code doc.spans}. Immutable and shared by threads. */
public sealed interface SpanComponent permits SpanCategorizer, SpanFinder {

    /** What it hears. */
    Tok2Vec tok2vec();

    /** The same component, on the same weights, that keeps every candidate with every label. */
    SpanComponent withAllCandidates();

    /**
     * A worker with its own workspace, for one thread.
     *
     * @param windows gives the thread's window over the tensors of a tok2vec; one window for all that listen to it
     */
    Worker newWorker(Function<Tok2Vec, TensorWindow> windows);

    /** One thread's half of the component. */
    interface Worker {

        /** Runs the component on a document to which the windows are open. */
        void annotate(Doc doc, DocSpans spans);
    }
}
