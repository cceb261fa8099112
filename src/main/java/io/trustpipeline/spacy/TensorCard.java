package io.trustpipeline.spacy;

/** What sets a document's tensor, for people. */
public sealed interface TensorCard permits Tok2VecCard, TransformerCard {

    /** Numbers in a token's row. */
    int width();
}
