package io.trustpipeline.spacy.transformer.encoder;

/** Encoders that differ in the names of their tensors or in a step of their arithmetic. */
public enum Family {
    BERT,
    ROBERTA,
    DISTILBERT,
    ELECTRA,
    MPNET,
    CURATED_BERT,
    CURATED_ROBERTA
}
