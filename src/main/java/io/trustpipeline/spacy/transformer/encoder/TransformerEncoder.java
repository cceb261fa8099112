package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.StateDict;

/**
 * A transformer encoder in float32. Immutable and shared by threads; an {@link EncoderWorker} belongs to one.
 *
 * <p>Windows are computed without padding: the result is that of each window alone.
 */
public final class TransformerEncoder {

    private final EncoderSettings settings;
    private final EncoderWeights weights;
    private final EncoderKernels kernels;

    private TransformerEncoder(EncoderSettings settings, EncoderWeights weights, EncoderKernels kernels) {
        this.settings = settings;
        this.weights = weights;
        this.kernels = kernels;
    }

    /**
     * Takes an encoder's weights out of an archive, or out of the cache when it has them.
     *
     * @throws ModelException when a tensor is missing, damaged, or of another shape than the settings say
     */
    public static TransformerEncoder load(EncoderSettings settings, StateDict state, WeightCache cache) {
        return load(settings, state, cache, EncoderKernels.preferred());
    }

    static TransformerEncoder load(
            EncoderSettings settings, StateDict state, WeightCache cache, EncoderKernels kernels) {
        EncoderPlan plan = plan(settings, state, kernels.lanes());
        PackedWeights packed = cache.weights(settings, plan.sections(), state, kernels.lanes());
        return new TransformerEncoder(settings, EncoderWeights.of(settings, plan, packed), kernels);
    }

    private static EncoderPlan plan(EncoderSettings settings, StateDict state, int lanes) {
        try {
            EncoderPlan plan = EncoderPlan.of(settings, TensorNames.of(settings, state), lanes);
            plan.sections().forEach(Section::size);
            return plan;
        } catch (ArithmeticException overflow) {
            throw ModelException.unsupported(state.source(), "a matrix of more than 2^31 weights: " + settings);
        }
    }

    /** Sizes of the encoder. */
    public EncoderSettings settings() {
        return settings;
    }

    /** Floats in a hidden state. */
    public int width() {
        return settings.width();
    }

    /** Floats from one row of output to the next: the width, rounded up to whole vectors. The rest is zeros. */
    public int stride() {
        return kernels.ceil(settings.width());
    }

    /** The longest window in pieces, special ones included. */
    public int maxPieces() {
        return settings.maxPieces();
    }

    /** What one thread needs to encode. */
    public EncoderWorker newWorker() {
        return new EncoderWorker(settings, weights, kernels);
    }
}
