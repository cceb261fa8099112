package io.trustpipeline.spacy;

/**
 * What a transformer is made of, for people.
 *
 * @param family of encoders, such as {@code roberta}
 * @param width numbers in a hidden state
 * @param layers of the encoder
 * @param heads attention heads
 * @param window tokens in a window
 * @param stride tokens from the start of a window to the start of the next
 */
public record TransformerCard(String family, int width, int layers, int heads, int window, int stride)
        implements TensorCard {}
