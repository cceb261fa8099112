package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.transformer.encoder.EncoderWeights.LayerWeights;

import java.util.Arrays;

/** Runs an encoder. Buffers are kept from call to call and bounded; for one thread. */
public final class EncoderWorker {

    /** Pieces computed at a time, unless one window alone has more: each weight is fetched from memory once for them. */
    private static final int MAX_ROWS = 1024;

    private final EncoderSettings settings;
    private final EncoderWeights weights;
    private final EncoderKernels kernels;
    private final Multiplier multiplier;
    private final Attention attention;
    private final int outStride;

    /** Rows of each buffer lie an odd number of vectors apart, which spreads them over the sets of the cache. */
    private final Rows hidden;

    private final Rows embedded;
    private final Rows queryKeyValue;
    private final Rows context;
    private final Rows added;
    private final Rows expanded;

    EncoderWorker(EncoderSettings settings, EncoderWeights weights, EncoderKernels kernels) {
        this.settings = settings;
        this.weights = weights;
        this.kernels = kernels;
        this.multiplier = new Multiplier(kernels);
        this.attention = new Attention(settings, weights.distances(), kernels);
        this.outStride = kernels.ceil(settings.width());
        this.hidden = new Rows(settings.width(), kernels);
        this.embedded = weights.projection() == null ? hidden : new Rows(settings.embedding(), kernels);
        this.queryKeyValue = new Rows(3 * attention.width(), kernels);
        this.context = new Rows(attention.width(), kernels);
        this.added = new Rows(settings.width(), kernels);
        this.expanded = new Rows(settings.intermediate(), kernels);
    }

    /**
     * The last hidden states of several windows. Each is computed as if it were alone; more windows a call are faster.
     *
     * @param ids the pieces of all windows, one window after the other, special pieces included
     * @param lengths pieces of each window, at most {@link TransformerEncoder#maxPieces()}
     * @param windows how many windows there are
     * @param out receives a row for each piece, in the same order, {@link TransformerEncoder#stride()} floats apart
     * @throws IllegalArgumentException when a window is too long or an id is none of the vocabulary
     */
    public void encode(int[] ids, int[] lengths, int windows, float[] out) {
        int left = 0;
        for (int window = 0; window < windows; window++) {
            left += lengths[window];
        }
        int row = 0;
        for (int window = 0; window < windows; ) {
            // About equal parts: each fetches all weights, however few rows it has.
            int parts = Math.max(1, (left + MAX_ROWS - 1) / MAX_ROWS);
            int fair = (left + parts - 1) / parts;
            int end = window;
            int rows = 0;
            while (end < windows && rows < fair && (end == window || rows + lengths[end] <= MAX_ROWS)) {
                rows += lengths[end++];
            }
            encode(ids, row, rows, lengths, window, end, out);
            row += rows;
            left -= rows;
            window = end;
        }
    }

    private void encode(int[] ids, int first, int rows, int[] lengths, int window, int end, float[] out) {
        int tiles = (rows + EncoderKernels.TILE_ROWS - 1) / EncoderKernels.TILE_ROWS * EncoderKernels.TILE_ROWS;
        for (Rows buffer : new Rows[] {hidden, embedded, queryKeyValue, context, added, expanded}) {
            buffer.ensure(tiles + EncoderKernels.TILE_ROWS);
        }
        embed(ids, first, tiles, lengths, window, end);
        for (LayerWeights layer : weights.layers()) {
            run(layer, rows, tiles, lengths, window, end);
        }
        int width = settings.width();
        for (int row = 0; row < rows; row++) {
            int to = (first + row) * outStride;
            System.arraycopy(hidden.floats, row * hidden.stride, out, to, width);
            Arrays.fill(out, to + width, to + outStride, 0);
        }
    }

    private void embed(int[] ids, int first, int tiles, int[] lengths, int window, int end) {
        int width = settings.embedding();
        int row = 0;
        for (int w = window; w < end; w++) {
            if (lengths[w] > settings.maxPieces()) {
                throw new IllegalArgumentException(
                        "a window of " + lengths[w] + " pieces, expected at most " + settings.maxPieces());
            }
            int counted = 0;
            for (int i = 0; i < lengths[w]; i++, row++) {
                int id = ids[first + row];
                if (id < 0 || id >= settings.vocabulary()) {
                    throw new IllegalArgumentException("piece " + id + " of " + settings.vocabulary());
                }
                int position = i;
                if (settings.family().countsFromPadding()) {
                    counted += id == settings.padId() ? 0 : 1;
                    position = settings.padId() + (id == settings.padId() ? 0 : counted);
                }
                int to = row * embedded.stride;
                weights.words().get(id * width, embedded.floats, to, width);
                addAndNormalize(embedded.floats, to, weights.positions(), position * width, width, weights.norm());
            }
        }
        Linear projection = weights.projection();
        if (projection != null) {
            multiplier.multiply(
                    projection, embedded.floats, embedded.stride, tiles, hidden.floats, hidden.stride, null);
        }
    }

    private void run(LayerWeights layer, int rows, int tiles, int[] lengths, int window, int end) {
        multiply(layer.queryKeyValue(), hidden, tiles, queryKeyValue);
        int row = 0;
        for (int w = window; w < end; w++) {
            attention.attend(
                    queryKeyValue.floats, queryKeyValue.stride, row, lengths[w], context.floats, context.stride);
            row += lengths[w];
        }
        multiply(layer.attention(), context, tiles, added);
        addAndNormalize(rows, layer.attentionNorm());
        multiplier.multiply(
                layer.expansion(),
                hidden.floats,
                hidden.stride,
                tiles,
                expanded.floats,
                expanded.stride,
                settings.activation());
        multiply(layer.contraction(), expanded, tiles, added);
        addAndNormalize(rows, layer.norm());
    }

    private void multiply(Linear linear, Rows from, int rows, Rows to) {
        multiplier.multiply(linear, from.floats, from.stride, rows, to.floats, to.stride, null);
    }

    private void addAndNormalize(int rows, Norm norm) {
        for (int row = 0; row < rows; row++) {
            int at = row * hidden.stride;
            addAndNormalize(hidden.floats, at, added.floats, at, settings.width(), norm);
        }
    }

    private void addAndNormalize(float[] x, int x0, float[] y, int y0, int n, Norm norm) {
        kernels.addAndNormalize(x, x0, y, y0, n, norm.gain(), norm.bias(), settings.epsilon());
    }

    /** A buffer of rows that grows. */
    private static final class Rows {
        final int stride;
        float[] floats = new float[0];

        Rows(int width, EncoderKernels kernels) {
            int vectors = kernels.ceil(width) / kernels.lanes();
            this.stride = (vectors | 1) * kernels.lanes();
        }

        void ensure(int rows) {
            if (floats.length < rows * stride) {
                floats = new float[rows * stride];
            }
        }
    }
}
