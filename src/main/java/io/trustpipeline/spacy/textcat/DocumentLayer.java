package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

import java.util.Optional;
import java.util.function.Function;

/** The part of a network that makes one row of a whole document. Immutable and shared by threads. */
sealed interface DocumentLayer permits BagOfWords, Reductions, ParametricAttention {

    /** Numbers in the row. */
    int width();

    /** What it hears, if it looks at a tensor. */
    Optional<Tok2Vec> tok2vec();

    /**
     * A worker with its own workspace, for one thread.
     *
     * @param windows gives the thread's window over the tensors of a tok2vec
     */
    Worker newWorker(Function<Tok2Vec, TensorWindow> windows);

    /** One thread's half of the layer. */
    interface Worker {

        /** Writes the row of a document that has tokens, to which the windows are open. */
        void write(Doc doc, float[] out, int o0);
    }
}
