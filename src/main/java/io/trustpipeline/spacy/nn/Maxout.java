package io.trustpipeline.spacy.nn;

/** A maxout layer and the layer normalisation that always follows it in spaCy's networks. Immutable. */
public final class Maxout {

    private final Kernels kernels;
    private final PackedWeights weights;
    private final float[] bias;
    private final LayerNorm norm;

    /**
     * Packs a layer whose input rows have {@code segments} equal parts.
     *
     * @throws IllegalArgumentException when the sizes do not fit each other
     */
    public Maxout(Kernels kernels, MaxoutParameters layer, LayerNorm norm, int segments) {
        if (norm.width() != layer.outputs()) {
            throw new IllegalArgumentException(
                    "layernorm: width " + norm.width() + " after a maxout of " + layer.outputs() + " outputs");
        }
        this.kernels = kernels;
        this.weights = PackedWeights.pack(kernels, layer, 0, segments, layer.inputs() / segments);
        this.bias = weights.packBias(layer);
        this.norm = norm;
    }

    /** Floats between two rows that {@link #maxout} writes. */
    public int hiddenStride() {
        return weights.outputStride();
    }

    /** Floats that {@link #maxout} needs as scratch. */
    public int scratchSize() {
        return Kernels.TILE_ROWS * weights.groupColumns();
    }

    /**
     * The layer without its normalisation, for {@code n} rows.
     *
     * @param x input rows, at the offsets in {@code rows}, which has room for {@code n} rounded up to whole tiles
     * @param hidden receives the rows, {@link #hiddenStride()} apart, with as many to spare
     */
    public void maxout(float[] x, int[] rows, int n, float[] scratch, float[] hidden) {
        Tiles.fill(rows, n);
        weights.count(n);
        for (int group = 0; group < weights.groups(); group++) {
            int bias0 = group * weights.groupColumns();
            for (int row = 0; row < n; row += Kernels.TILE_ROWS) {
                int left = Math.min(n - row, Kernels.TILE_ROWS);
                weights.multiply(group, x, rows, row, left, scratch, 0);
                weights.maxPieces(scratch, left, bias, bias0, group, hidden, row * hiddenStride());
            }
        }
    }

    /** {@code out = (add ? out : 0) + layernorm(row)} for a row that {@link #maxout} wrote. */
    public void normalize(float[] hidden, int row, float[] out, int o0, boolean add) {
        kernels.layerNorm(hidden, row * hiddenStride(), norm.width(), norm.gain(), norm.bias(), out, o0, add);
    }
}
