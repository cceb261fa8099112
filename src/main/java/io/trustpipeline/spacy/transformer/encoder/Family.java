package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.ModelException;

/** Encoders that differ in the names of their tensors or in a step of their arithmetic. */
public enum Family {
    /** BERT, and MiniLM models, which are BERT of other sizes. */
    BERT,
    /** RoBERTa, XLM-RoBERTa and CamemBERT: positions count from the padding piece. */
    ROBERTA,
    /** No token types; other names. */
    DISTILBERT,
    /** BERT whose embeddings may be narrower than its hidden states. */
    ELECTRA,
    /** Attention with a bias that depends on the distance of two pieces. */
    MPNET,
    /** BERT as spacy-curated-transformers names its tensors. */
    CURATED_BERT,
    /** RoBERTa as spacy-curated-transformers names its tensors. */
    CURATED_ROBERTA;

    /** The family of a {@code model_type} of Hugging Face. */
    static Family named(String modelType, String where) {
        return switch (modelType) {
            case "bert" -> BERT;
            case "roberta", "xlm-roberta", "camembert" -> ROBERTA;
            case "distilbert" -> DISTILBERT;
            case "electra" -> ELECTRA;
            case "mpnet" -> MPNET;
            default -> throw ModelException.unsupported(where, "the encoder '" + modelType + "'");
        };
    }

    /** Whether positions are counted from the padding piece's number on, and that piece itself is not counted. */
    boolean countsFromPadding() {
        return this == ROBERTA || this == CURATED_ROBERTA || this == MPNET;
    }
}
