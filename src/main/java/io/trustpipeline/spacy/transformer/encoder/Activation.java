package io.trustpipeline.spacy.transformer.encoder;

/** The function between the two linear layers of a feed-forward block. */
public enum Activation {
    GELU,
    GELU_TANH,
    RELU,
    SILU
}
