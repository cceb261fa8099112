package io.trustpipeline.spacy.nn;

import java.util.concurrent.atomic.LongAdder;

/**
 * Maxout weights in the order in which the tile kernel reads them. Immutable.
 *
 * <p>Columns come in blocks: one vector of outputs for each piece, so that the best piece is found between whole
 * vectors. Three vectors make a panel, which is what one tile computes; a group is the smallest number of panels that
 * holds whole blocks only. With the usual three pieces, block, panel and group are the same. Missing outputs are zeros:
 *
 * <pre>
 *   pieces   blocks a group   panels a group
 *      1           3                1
 *      2           3                2
 *      3           1                1
 *      4           3                4
 * </pre>
 *
 * <p>Inputs are rows of one or more segments, each starting at a multiple of {@link #stride(Kernels, int)}: the token
 * rows of a window lie in memory one after the other, and a convolution reads them as one long row. What lies between
 * two segments is multiplied by zero.
 */
public final class PackedWeights {

    private static final LongAdder OPERATIONS = new LongAdder();

    private final Kernels kernels;
    private final float[] weights;
    private final int outputs;
    private final int pieces;
    private final int inputs;
    private final int groups;
    private final int panels;
    private final int blocks;

    private PackedWeights(
            Kernels kernels, MaxoutParameters layer, int from, int segments, int segmentWidth, int segmentStride) {
        this.kernels = kernels;
        this.outputs = layer.outputs();
        this.pieces = layer.pieces();
        this.inputs = (segments - 1) * segmentStride + segmentWidth;
        this.panels = pieces % Kernels.TILE_VECTORS == 0 ? pieces / Kernels.TILE_VECTORS : pieces;
        this.blocks = panels * Kernels.TILE_VECTORS / pieces;
        this.groups = ceilDiv(outputs, blocks * kernels.lanes());
        this.weights = new float[groups * panels * panelColumns() * inputs];
        for (int output = 0; output < outputs; output++) {
            for (int piece = 0; piece < pieces; piece++) {
                int column = column(output, piece);
                int to = column / panelColumns() * panelColumns() * inputs + column % panelColumns();
                int source = (output * pieces + piece) * layer.inputs() + from;
                for (int input = 0; input < segments * segmentWidth; input++) {
                    int k = input / segmentWidth * segmentStride + input % segmentWidth;
                    weights[to + k * panelColumns()] = layer.weights()[source + input];
                }
            }
        }
    }

    /** How far apart rows of this width lie, so that every row starts at a whole vector. */
    public static int stride(Kernels kernels, int width) {
        return ceilDiv(width, kernels.lanes()) * kernels.lanes();
    }

    /**
     * Packs some inputs of a layer.
     *
     * @param from the first input to take
     * @param segments how many segments an input row has
     * @param segmentWidth inputs of a segment; {@code segments * segmentWidth} are taken in all
     */
    public static PackedWeights pack(
            Kernels kernels, MaxoutParameters layer, int from, int segments, int segmentWidth) {
        if (from + segments * segmentWidth > layer.inputs()) {
            throw new IllegalArgumentException(
                    "maxout: " + layer.inputs() + " inputs, expected at least " + (from + segments * segmentWidth));
        }
        return new PackedWeights(kernels, layer, from, segments, segmentWidth, stride(kernels, segmentWidth));
    }

    /** The layer's biases in the order of the columns. */
    public float[] packBias(MaxoutParameters layer) {
        float[] bias = new float[groups * groupColumns()];
        for (int output = 0; output < outputs; output++) {
            for (int piece = 0; piece < pieces; piece++) {
                bias[column(output, piece)] = layer.bias()[output * pieces + piece];
            }
        }
        return bias;
    }

    private int column(int output, int piece) {
        int lanes = kernels.lanes();
        return (output / lanes * pieces + piece) * lanes + output % lanes;
    }

    private int panelColumns() {
        return Kernels.TILE_VECTORS * kernels.lanes();
    }

    /** How many groups the columns fall into. */
    public int groups() {
        return groups;
    }

    /** Columns of a group. */
    public int groupColumns() {
        return panels * panelColumns();
    }

    /** Outputs of a group, after the best piece is taken. */
    public int groupOutputs() {
        return blocks * kernels.lanes();
    }

    /** Floats in a row of outputs: the outputs, rounded up to whole groups. */
    public int outputStride() {
        return groups * groupOutputs();
    }

    /**
     * {@code c[r] = a[r] · W} for the columns of one group and the first {@code n} of the six rows from {@code rows[row]}
     * on. Rows of {@code c} are {@link #groupColumns()} apart, starting at {@code c0}; all six are written to.
     */
    public void multiply(int group, float[] a, int[] rows, int row, int n, float[] c, int c0) {
        int columns = panelColumns();
        for (int panel = 0; panel < panels; panel++) {
            int w0 = (group * panels + panel) * columns * inputs;
            kernels.tile(a, rows, row, n, inputs, weights, w0, c, c0 + panel * columns, groupColumns());
        }
    }

    /**
     * {@code c = start + a · W} for the columns of one group and a row {@code a} that is zero but for {@code values} at the
     * given inputs, both from index {@code from} to {@code to}.
     */
    public void multiplySparse(
            int group, int[] at, float[] values, int from, int to, float[] start, int s0, float[] c, int c0) {
        int columns = panelColumns();
        for (int panel = 0; panel < panels; panel++) {
            int w0 = (group * panels + panel) * columns * inputs;
            int column = panel * columns;
            kernels.sparseTile(at, values, from, to, weights, w0, start, s0 + column, c, c0 + column);
        }
    }

    /** Counts the work of multiplying a row that has this many values, or rows that have as many together. */
    public void countSparse(long values) {
        OPERATIONS.add(2L * values * groups * groupColumns());
    }

    /** Counts the work of multiplying so many rows with all groups. */
    public void count(int rows) {
        OPERATIONS.add(2L * rows * inputs * groups * groupColumns());
    }

    /** Floating point operations of all matrix products counted in this JVM, a multiplication and an addition each. */
    public static long operations() {
        return OPERATIONS.sum();
    }

    /**
     * The best pieces of {@code c + start} for {@code n} rows, as one group's outputs in rows of {@code out} from {@code o0}.
     *
     * @param start what is added to every row, from {@code s0} on
     */
    public void maxPieces(float[] c, int n, float[] start, int s0, int group, float[] out, int o0) {
        int to = o0 + group * groupOutputs();
        kernels.maxPieces(c, groupColumns(), n, start, s0, blocks, pieces, out, to, outputStride());
    }

    /**
     * The best pieces of {@code start + a + b + c + d * scale} for one row, as one group's outputs in the row of {@code out}
     * that begins at {@code o0}; {@code start} holds the columns of all groups.
     */
    public void maxPiecesOfScaled(
            float[] start,
            float[] a,
            int a0,
            float[] b,
            int b0,
            float[] c,
            int c0,
            float[] d,
            float scale,
            int group,
            float[] out,
            int o0) {
        int columns = groupColumns();
        int to = o0 + group * groupOutputs();
        kernels.maxPiecesOfScaled(start, group * columns, a, a0, b, b0, c, c0, d, scale, columns, pieces, out, to);
    }

    static int ceilDiv(int a, int b) {
        return (a + b - 1) / b;
    }
}
