package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.nn.Kernels;

/**
 * The inner loops of encoders, once for the Vector API and once in plain Java. A row is a run of floats in an array,
 * given by the array and the offset of its first element; rows of a matrix lie a stride apart. Implementations are
 * stateless, so one instance serves every thread.
 */
interface EncoderKernels {

    /** Rows of a register tile. */
    int TILE_ROWS = 6;

    /** Vectors of columns of a register tile, at most. */
    int TILE_VECTORS = 3;

    /** Vector or scalar, as {@link Kernels#preferred()} decides. */
    static EncoderKernels preferred() {
        return Kernels.preferred() == Kernels.scalar() ? ScalarEncoderKernels.INSTANCE : VectorEncoderKernels.INSTANCE;
    }

    /** Floats in a vector. */
    int lanes();

    /** {@code n} rounded up to whole vectors. */
    default int ceil(int n) {
        return (n + lanes() - 1) / lanes() * lanes();
    }

    /**
     * The matrix product {@code c = from + a · b} for six rows of {@code a} and one to three vectors of columns of
     * {@code b}.
     *
     * @param inputs length of a row of {@code a}, and number of rows of {@code b}
     * @param from what the sums begin with; may be {@code c} itself
     * @param fStride 0 begins all rows with the same one
     */
    void tile(
            int vectors,
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            int inputs,
            float[] from,
            int f0,
            int fStride,
            float[] c,
            int c0,
            int cStride);

    /** {@code x = activation(x)}, over {@code n} floats, whole vectors. */
    void activate(Activation activation, float[] x, int x0, int n);

    /**
     * {@code s = softmax(s * scale)} over {@code n} floats, in place. The floats from there to the next whole vector are
     * overwritten with zeros.
     */
    void softmax(float[] s, int s0, int n, float scale);

    /** {@code s = s + a / scale} over {@code n} floats: a bias that {@link #softmax} does not scale. */
    void addUnscaled(float[] s, int s0, float[] a, int a0, int n, float scale);

    /** {@code x = x + y}, over {@code n} floats. */
    void add(float[] x, int x0, float[] y, int y0, int n);

    /**
     * {@code x = (h - mean) / sqrt(variance + epsilon) * gain + bias} with {@code h = x + y}, over {@code n} floats, in
     * place.
     */
    void addAndNormalize(float[] x, int x0, float[] y, int y0, int n, float[] gain, float[] bias, double epsilon);
}
