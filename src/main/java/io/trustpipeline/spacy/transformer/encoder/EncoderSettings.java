package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.transformer.state.HuggingFaceConfig;

/**
 * The sizes of an encoder.
 *
 * @param family how its tensors are named and its positions counted
 * @param width numbers in a hidden state
 * @param layers number of layers
 * @param heads number of attention heads; divides {@code width}
 * @param intermediate width inside a feed-forward block
 * @param embedding width of the embeddings; that of the hidden states but in ELECTRA
 * @param vocabulary number of pieces
 * @param positions rows of the position table
 * @param types rows of the token type table; 0 for none
 * @param padId the piece that RoBERTa and MPNet do not count as a position
 * @param buckets relative position buckets of MPNet, else 0
 * @param activation inside a feed-forward block
 * @param epsilon added to a variance in layer normalisation
 */
public record EncoderSettings(
        Family family,
        int width,
        int layers,
        int heads,
        int intermediate,
        int embedding,
        int vocabulary,
        int positions,
        int types,
        int padId,
        int buckets,
        Activation activation,
        double epsilon) {

    /**
     * The settings in a Hugging Face configuration.
     *
     * @throws io.trustpipeline.spacy.ModelException when a size is missing or the encoder is none of those computed
     */
    public static EncoderSettings of(HuggingFaceConfig config) {
        throw new UnsupportedOperationException(config.modelType());
    }

    /** The longest window in pieces, special ones included. */
    public int maxPieces() {
        throw new UnsupportedOperationException();
    }
}
