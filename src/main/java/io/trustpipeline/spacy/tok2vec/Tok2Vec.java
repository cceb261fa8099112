package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.CacheCounts;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.TensorCard;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

/**
 * What sets a document's tensor: one row of numbers for every token. Immutable and shared by threads.
 *
 * <p>A tok2vec component, the tok2vec inside another component, and a transformer are all of this kind, and what
 * listens cannot tell them apart.
 */
public interface Tok2Vec {

    /** The receptive field of what looks at whole documents. */
    int UNBOUNDED = -1;

    /** What {@link Encoder#identify} gives a token that it cannot tell from others. */
    int UNKNOWN = -1;

    /** Numbers in a token's row. */
    int width();

    /** Floats from the start of one row to the start of the next; those beyond the width are zero. */
    int stride();

    /** What it is made of; null when it computes nothing. */
    @Nullable
    TensorCard card();

    /**
     * How many tokens on either side a row depends on, where it depends on nothing else but what {@link
     * Encoder#identify} tells apart; {@value #UNBOUNDED} when a row depends on the whole document.
     */
    default int receptiveField() {
        return UNBOUNDED;
    }

    /** How its cache of words has served since the model was loaded. */
    default CacheCounts words() {
        return CacheCounts.NONE;
    }

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

        /** Says which documents come next, each once or not at all, so that what is common to them may be done at once. */
        default void prepare(List<Doc> documents) {}

        /**
         * Writes a number for each of the tokens {@code from} to {@code to}: positive, and the same only for tokens that
         * are one to this tok2vec, whatever document they are in; or {@link Tok2Vec#UNKNOWN}.
         */
        default void identify(Doc doc, int from, int to, int[] ids, int at) {
            Arrays.fill(ids, at, at + to - from, UNKNOWN);
        }
    }
}
