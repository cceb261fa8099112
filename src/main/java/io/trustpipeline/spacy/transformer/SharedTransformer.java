package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.TransformerCard;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;

/** A transformer that components hear. Immutable and shared by threads. */
public sealed interface SharedTransformer permits Transformer, CuratedTransformer {

    /** Numbers in a hidden state. */
    int width();

    /** What it is made of, for people. */
    TransformerCard card();

    /**
     * Its hidden states as a document's tensor.
     *
     * @param pooling how pieces become rows
     * @param stride floats from one row to the next
     */
    Tok2Vec tensor(Pooling pooling, int stride);
}
