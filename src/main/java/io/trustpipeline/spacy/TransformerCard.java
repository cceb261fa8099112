package io.trustpipeline.spacy;

/**
 * What a transformer is made of, for people.
 *
 * @param family of encoders, such as {@code roberta}
 * @param width numbers in a hidden state
 * @param layers of the encoder
 * @param heads attention heads
 * @param windows how documents are cut, such as {@code window 128, stride 96}
 */
public record TransformerCard(String family, int width, int layers, int heads, String windows) implements TensorCard {}
