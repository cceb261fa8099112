package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.transformer.state.StateDict;

/**
 * A transformer encoder in float32. Immutable and shared by threads; a {@link EncoderWorker} belongs to one.
 *
 * <p>Windows are computed without padding: the result is that of each window alone.
 */
public final class TransformerEncoder {

    private TransformerEncoder() {}

    /**
     * Takes an encoder's weights out of an archive, or out of the cache when it has them.
     *
     * @throws io.trustpipeline.spacy.ModelException when a tensor is missing or of another shape than the settings say
     */
    public static TransformerEncoder load(EncoderSettings settings, StateDict state, WeightCache cache) {
        throw new UnsupportedOperationException(settings.toString() + state + cache);
    }

    /** Sizes of the encoder. */
    public EncoderSettings settings() {
        throw new UnsupportedOperationException();
    }

    /** Floats in a hidden state. */
    public int width() {
        throw new UnsupportedOperationException();
    }

    /** Floats from one row of output to the next: the width, rounded up to whole vectors. The rest is zeros. */
    public int stride() {
        throw new UnsupportedOperationException();
    }

    /** The longest window in pieces, special ones included. */
    public int maxPieces() {
        throw new UnsupportedOperationException();
    }

    /** What one thread needs to encode. */
    public EncoderWorker newWorker() {
        throw new UnsupportedOperationException();
    }
}
