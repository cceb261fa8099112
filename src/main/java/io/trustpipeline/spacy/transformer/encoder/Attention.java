package io.trustpipeline.spacy.transformer.encoder;

import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention inside windows, head by head (Vaswani et al., 2017, section 3.2). For one thread.
 *
 * <pre>
 *   queryKeyValue  [rows x 3 x heads x room]   room: a head's width in whole vectors
 *   scores         [n x n]                     of one window and head
 *   context        [rows x heads x room]
 * </pre>
 */
final class Attention {

    private final EncoderKernels kernels;
    private final int heads;
    private final int room;
    private final float scale;
    private final @Nullable DistanceBias distances;

    private final float[] zeros;
    private float[] keys = new float[0];
    private float[] scores = new float[0];

    Attention(EncoderSettings settings, @Nullable DistanceBias distances, EncoderKernels kernels) {
        int head = settings.width() / settings.heads();
        this.kernels = kernels;
        this.heads = settings.heads();
        this.room = kernels.ceil(head);
        this.scale = (float) (1 / Math.sqrt(head));
        this.distances = distances;
        this.zeros = new float[EncoderKernels.TILE_VECTORS * kernels.lanes()];
    }

    /** Floats of a row of context. */
    int width() {
        return heads * room;
    }

    /**
     * Attends inside one window. Tiles reach up to five rows beyond it: those of {@code context} are overwritten, by
     * what the next window computes in its turn.
     *
     * @param first the window's first row
     * @param n rows of the window
     */
    void attend(float[] queryKeyValue, int qStride, int first, int n, float[] context, int cStride) {
        int columns = kernels.ceil(n);
        int tiles = (n + EncoderKernels.TILE_ROWS - 1) / EncoderKernels.TILE_ROWS * EncoderKernels.TILE_ROWS;
        // One vector more than needed spreads the rows over the sets of the cache.
        int stride = columns + kernels.lanes();
        if (keys.length < room * stride) {
            keys = new float[room * stride];
        }
        if (scores.length < tiles * stride) {
            scores = new float[tiles * stride];
        }
        for (int head = 0; head < heads; head++) {
            int query = first * qStride + head * room;
            transpose(queryKeyValue, query + width(), qStride, n, stride);
            multiply(queryKeyValue, query, qStride, keys, 0, stride, room, tiles, columns, scores, 0, stride);
            softmax(head, n, stride);
            int value = query + 2 * width();
            int to = first * cStride + head * room;
            multiply(scores, 0, stride, queryKeyValue, value, qStride, n, tiles, room, context, to, cStride);
        }
    }

    private void transpose(float[] from, int key, int qStride, int n, int stride) {
        for (int j = 0; j < n; j++) {
            for (int k = 0; k < room; k++) {
                keys[k * stride + j] = from[key + j * qStride + k];
            }
        }
    }

    private void softmax(int head, int n, int stride) {
        for (int row = 0; row < n; row++) {
            if (distances != null) {
                kernels.addUnscaled(scores, row * stride, distances.biases()[head], distances.offset(row), n, scale);
            }
            kernels.softmax(scores, row * stride, n, scale);
        }
    }

    /** {@code c = a · b} for whole tiles of rows and whole vectors of columns. */
    private void multiply(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            int inputs,
            int rows,
            int columns,
            float[] c,
            int c0,
            int cStride) {
        int lanes = kernels.lanes();
        for (int column = 0; column < columns; ) {
            int vectors = vectors((columns - column) / lanes);
            for (int row = 0; row < rows; row += EncoderKernels.TILE_ROWS) {
                kernels.tile(
                        vectors,
                        a,
                        a0 + row * aStride,
                        aStride,
                        b,
                        b0 + column,
                        bStride,
                        inputs,
                        zeros,
                        0,
                        0,
                        c,
                        c0 + row * cStride + column,
                        cStride);
            }
            column += vectors * lanes;
        }
    }

    /** How many of the vectors that are left a tile takes: four are better taken as two and two. */
    private static int vectors(int left) {
        return left == 4 ? 2 : Math.min(EncoderKernels.TILE_VECTORS, left);
    }
}
