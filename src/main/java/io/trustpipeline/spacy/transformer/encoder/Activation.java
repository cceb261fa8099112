package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.ModelException;

/** The function between the two linear layers of a feed-forward block. */
public enum Activation {
    /** {@code x Φ(x)} with the exact normal distribution. */
    GELU,
    /** The approximation of GELU by tanh. */
    GELU_TANH,
    RELU,
    /** {@code x / (1 + exp(-x))}. */
    SILU;

    /**
     * The activation that Hugging Face and curated transformers call by a name.
     *
     * @param where the file or component that names it, for errors
     * @throws ModelException when it is none of those computed
     */
    public static Activation named(String name, String where) {
        return switch (name) {
            case "gelu", "gelu_python" -> GELU;
            case "gelu_new", "gelu_pytorch_tanh", "gelu_fast", "gelu_python_tanh" -> GELU_TANH;
            case "relu" -> RELU;
            case "silu", "swish" -> SILU;
            default -> throw ModelException.unsupported(where, "the activation '" + name + "'");
        };
    }
}
