package io.trustpipeline.spacy.nn;

/**
 * The inner loops of the engine: all arithmetic on rows of floats happens here, once for the Vector API and once in plain Java.
 *
 * <p>A row is a run of floats inside an array, given by the array and the offset of its first element. Implementations
 * are stateless, so one instance serves every thread. The two differ in the last bits of a sum only, because they add
 * in different orders.
 *
 * <p>{@link #preferred()} is the only place that chooses between them. Nothing else links {@code jdk.incubator.vector},
 * so the engine also runs in a JVM without that module.
 */
public interface Kernels {

    /** The system property that forces {@code scalar} or {@code vector}; {@code auto} when absent. */
    String PROPERTY = "trustpipeline.kernels";

    /** Rows of a register tile. */
    int TILE_ROWS = 6;

    /** Vectors of columns of a register tile. */
    int TILE_VECTORS = 3;

    /**
     * The vector kernels when the JVM has the module and registers of at least 256 bits, else the scalar ones.
     *
     * @throws IllegalStateException when {@value #PROPERTY} asks for something that this JVM cannot give
     */
    static Kernels preferred() {
        String wanted = System.getProperty(PROPERTY, "auto");
        boolean hasModule =
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        switch (wanted) {
            case "scalar":
                return scalar();
            case "vector":
                if (!hasModule) {
                    throw new IllegalStateException(
                            PROPERTY + "=vector needs the JVM option --add-modules=jdk.incubator.vector");
                }
                return VectorKernels.INSTANCE;
            case "auto":
                return hasModule && VectorKernels.INSTANCE.lanes() >= 8 ? VectorKernels.INSTANCE : scalar();
            default:
                throw new IllegalStateException(PROPERTY + "=" + wanted + ": expected auto, scalar or vector");
        }
    }

    /** The plain Java twin. */
    static Kernels scalar() {
        return ScalarKernels.INSTANCE;
    }

    /** {@code scalar} or {@code vector}, with the width of a register. */
    String name();

    /** Floats in one vector of a tile: weights are packed for this number. */
    int lanes();

    /**
     * The matrix product: {@code c[r] = a[r] · w} for up to six rows and three vectors of columns.
     *
     * @param rows offsets into {@code a} of six input rows, from index {@code row} on
     * @param n how many of them count; what is written for the others means nothing
     * @param inputs length of an input row
     * @param w weights of one panel, from {@code w0} on: for each input, {@code 3 * lanes()} columns
     * @param c receives row {@code r} at {@code c0 + r * cStride}
     */
    void tile(float[] a, int[] rows, int row, int n, int inputs, float[] w, int w0, float[] c, int c0, int cStride);

    /**
     * The product of one row that is zero in most places: {@code c = start + Σ values[i] · w[inputs[i]]} for three vectors
     * of columns, over the indices {@code from} to {@code to}.
     *
     * @param w weights of one panel, as for {@link #tile}
     * @param start what is added, from {@code s0} on; may be {@code c} itself
     */
    void sparseTile(
            int[] inputs,
            float[] values,
            int from,
            int to,
            float[] w,
            int w0,
            float[] start,
            int s0,
            float[] c,
            int c0);

    /**
     * The best of each output's pieces, for the first {@code n} rows of a tile: {@code c + start} holds, for each of
     * {@code blocks} blocks, {@code pieces} vectors; one vector a block goes to {@code out}.
     *
     * @param start what is added to every row, from {@code s0} on
     */
    void maxPieces(
            float[] c,
            int cStride,
            int n,
            float[] start,
            int s0,
            int blocks,
            int pieces,
            float[] out,
            int o0,
            int oStride);

    /**
     * The best of each output's pieces in {@code start + a[0] + a[1] + …}, for one row.
     *
     * @param a arrays whose rows begin at {@code a0}
     * @param columns of all blocks, each {@code pieces} vectors; one vector a block goes to {@code out}
     */
    void maxPiecesOfSum(float[][] a, int[] a0, float[] start, int columns, int pieces, float[] out, int o0);

    /** {@code out = (add ? out : 0) + (h - mean) / sqrt(variance + 1e-8) * gain + bias}, over {@code n} elements. */
    void layerNorm(float[] h, int h0, int n, float[] gain, float[] bias, float[] out, int o0, boolean add);

    /**
     * The best of each output's pieces in {@code start + a + b + c + d * scale}, for one row.
     *
     * @param columns of all blocks, each {@code pieces} vectors; one vector a block goes to {@code out}
     */
    void maxPiecesOfScaled(
            float[] start,
            int s0,
            float[] a,
            int a0,
            float[] b,
            int b0,
            float[] c,
            int c0,
            float[] d,
            float scale,
            int columns,
            int pieces,
            float[] out,
            int o0);

    /**
     * {@code out[i] = b[i] + normal(h) · w[i]} with {@code normal(h) = (h - mean) / sqrt(variance + 1e-8)} over {@code n}
     * elements, for the rows {@code w[i]} of that length, one for each element of {@code b}.
     */
    void affineOfNormal(float[] h, int h0, int n, float[] w, float[] b, float[] out, int o0);

    /** {@code out[i] = b[i] + h · w[i]} for the rows {@code w[i]} of length {@code n}, one for each element of {@code b}. */
    void affine(float[] h, int h0, int n, float[] w, float[] b, float[] out, int o0);

    /** {@code out = max(a, b)}. */
    void max(float[] a, int a0, float[] b, int b0, float[] out, int o0, int n);

    /** {@code increase = max(a, out) - out}, then {@code out = max(a, out)}. */
    void grow(float[] a, int a0, float[] out, int o0, float[] increase, int n);

    /** {@code out = out + a}. */
    void add(float[] a, int a0, float[] out, int o0, int n);

    /** {@code out = a * scale}. */
    void scale(float[] a, int a0, float scale, float[] out, int o0, int n);
}
