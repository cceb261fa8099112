package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Tok2VecCard;
import org.jspecify.annotations.Nullable;

/**
 * What sets a document's tensor: one row of numbers for every token. Immutable and shared by threads.
 *
 * <p>A tok2vec component, the tok2vec inside another component, and a transformer are all of this kind, and what
 * listens cannot tell them apart.
 */
public interface Tok2Vec {

    /** Numbers in a token's row. */
    int width();

    /** Floats from the start of one row to the start of the next; those beyond the width are zero. */
    int stride();

    /** What it is made of; null when it computes nothing. */
    @Nullable
    Tok2VecCard card();

    /** A worker with its own workspace, for one thread. */
    Encoder newEncoder();

    /** Computes rows of tensors. Belongs to one thread. */
    interface Encoder {

        /**
         * Writes the rows of the tokens {@code from} (inclusive) to {@code to} (exclusive), exactly as they are in the
         * tensor of the whole document.
         *
         * @param out receives the rows, {@link Tok2Vec#stride()} apart, from {@code o0} on
         */
        void encode(Doc doc, int from, int to, float[] out, int o0);
    }
}
