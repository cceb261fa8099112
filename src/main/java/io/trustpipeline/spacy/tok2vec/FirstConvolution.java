package io.trustpipeline.spacy.tok2vec;

import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.LayerNorm;
import io.trustpipeline.spacy.nn.MaxoutParameters;
import io.trustpipeline.spacy.nn.PackedWeights;
import io.trustpipeline.spacy.nn.Tiles;

import java.util.Arrays;

/**
 * The first convolution of a tok2vec. It looks at embedded rows, which come again with every occurrence of a word; so
 * each word is multiplied with the weights of every place in the window once, and a window is a sum of such products:
 *
 * <pre>
 *   W · [x[t-1] | x[t] | x[t+1]] = W₁ · x[t-1] + W₂ · x[t] + W₃ · x[t+1]
 * </pre>
 *
 * Immutable but for the products that it keeps at the words' entries, of at most 20 MiB; shared by threads.
 */
final class FirstConvolution {

    private static final int BYTES = 20 << 20;

    private final Kernels kernels;
    private final PackedWeights[] places;
    private final float[] bias;
    private final LayerNorm norm;
    private final int pieces;
    private final int columns;
    private final float[] zeros;
    private final HeldProducts held;

    /** @param window how many neighbours it looks at on either side */
    FirstConvolution(Kernels kernels, MaxoutParameters layer, LayerNorm norm, int window) {
        int width = layer.inputs() / (2 * window + 1);
        this.kernels = kernels;
        this.places = new PackedWeights[2 * window + 1];
        Arrays.setAll(places, place -> PackedWeights.pack(kernels, layer, place * width, 1, width));
        this.bias = places[0].packBias(layer);
        this.norm = norm;
        this.pieces = layer.pieces();
        this.columns = bias.length;
        this.zeros = new float[places.length * columns];
        this.held = new HeldProducts(BYTES / (zeros.length * Float.BYTES));
    }

    int hiddenStride() {
        return places[0].outputStride();
    }

    /** {@code x = x + layernorm(row)} for a row that a worker wrote. */
    void normalize(float[] hidden, int row, float[] x, int x0) {
        kernels.layerNorm(hidden, row * hiddenStride(), norm.width(), norm.gain(), norm.bias(), x, x0, true);
    }

    /** One thread's workspace. */
    final class Worker {

        private final float[] scratch = new float[Kernels.TILE_ROWS * places[0].groupColumns()];
        private final float[][] sources = new float[places.length][];
        private final int[] offsets = new int[places.length];
        private final int[] rows = new int[Kernels.TILE_ROWS];
        private final int[] missing = new int[Kernels.TILE_ROWS];
        private float[][] products = new float[0][];

        /**
         * Writes the maxout of the windows that begin at the rows 0 to {@code n}.
         *
         * @param x embedded rows, {@code stride} apart: some of zeros, those of the embedding's tokens, some of zeros
         * @param first the row of the first token
         */
        void convolve(Embed.Worker tokens, float[] x, int stride, int first, int n, float[] hidden) {
            int rowCount = n + places.length - 1;
            if (products.length < rowCount) {
                products = new float[rowCount][];
            }
            Arrays.fill(products, 0, rowCount, zeros);
            multiply(tokens, x, stride, first);
            for (int place = 0; place < places.length; place++) {
                offsets[place] = place * columns;
            }
            for (int row = 0; row < n; row++) {
                System.arraycopy(products, row, sources, 0, places.length);
                kernels.maxPiecesOfSum(sources, offsets, bias, columns, pieces, hidden, row * hiddenStride());
            }
        }

        /** Collects the tokens' products, and computes those that are not held, six at a time. */
        private void multiply(Embed.Worker tokens, float[] x, int stride, int first) {
            int count = 0;
            for (int token = 0; token < tokens.count(); token++) {
                float[] known = tokens.entry(token).products();
                if (known == null) {
                    missing[count] = token;
                    rows[count++] = (first + token) * stride;
                    if (count == rows.length) {
                        multiplyMissing(tokens, x, first, count);
                        count = 0;
                    }
                } else {
                    products[first + token] = known;
                }
            }
            if (count > 0) {
                Tiles.fill(rows, count);
                multiplyMissing(tokens, x, first, count);
            }
        }

        private void multiplyMissing(Embed.Worker tokens, float[] x, int first, int count) {
            for (int i = 0; i < count; i++) {
                products[first + missing[i]] = new float[places.length * columns];
            }
            int groupColumns = places[0].groupColumns();
            for (int place = 0; place < places.length; place++) {
                places[place].count(count);
                for (int group = 0; group < places[place].groups(); group++) {
                    places[place].multiply(group, x, rows, 0, count, scratch, 0);
                    int to = place * columns + group * groupColumns;
                    for (int i = 0; i < count; i++) {
                        System.arraycopy(scratch, i * groupColumns, products[first + missing[i]], to, groupColumns);
                    }
                }
            }
            for (int i = 0; i < count; i++) {
                held.hold(tokens.entry(missing[i]), products[first + missing[i]]);
            }
        }
    }
}
