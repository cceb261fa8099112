package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.MaxoutParameters;
import io.trustpipeline.spacy.nn.PackedWeights;
import io.trustpipeline.spacy.nn.Tiles;
import io.trustpipeline.spacy.tok2vec.TensorWindow;

/** The reducer as it is written down: one row of four parts a candidate. For candidates that share few tokens. */
final class DirectReducer implements SpanReducer {

    private final Kernels kernels;
    private final int stride;
    private final PackedWeights weights;
    private final float[] bias;

    DirectReducer(Kernels kernels, MaxoutParameters layer) {
        int width = layer.inputs() / PARTS;
        this.kernels = kernels;
        this.stride = PackedWeights.stride(kernels, width);
        this.weights = PackedWeights.pack(kernels, layer, 0, PARTS, width);
        this.bias = weights.packBias(layer);
    }

    @Override
    public int hiddenStride() {
        return weights.outputStride();
    }

    @Override
    public Worker newWorker(int capacity) {
        return new Tile(Tiles.ceil(capacity));
    }

    private final class Tile implements Worker {

        private final float[] rows;
        private final int[] offsets;
        private final float[] sum = new float[stride];
        private final float[] scratch = new float[Kernels.TILE_ROWS * weights.groupColumns()];

        Tile(int room) {
            rows = new float[room * PARTS * stride];
            offsets = new int[room];
        }

        @Override
        public void reduce(TensorWindow window, CandidateTile tile, float[] hidden) {
            for (int candidate = 0; candidate < tile.size(); candidate++) {
                fill(window, tile, candidate);
                offsets[candidate] = candidate * PARTS * stride;
            }
            Tiles.fill(offsets, tile.size());
            weights.count(tile.size());
            for (int group = 0; group < weights.groups(); group++) {
                int bias0 = group * weights.groupColumns();
                for (int row = 0; row < tile.size(); row += Kernels.TILE_ROWS) {
                    int left = Math.min(tile.size() - row, Kernels.TILE_ROWS);
                    weights.multiply(group, rows, offsets, row, left, scratch, 0);
                    weights.maxPieces(scratch, left, bias, bias0, group, hidden, row * hiddenStride());
                }
            }
        }

        private void fill(TensorWindow window, CandidateTile tile, int candidate) {
            int start = tile.start[candidate];
            int end = tile.end[candidate];
            float[] tokens = window.rows();
            int last = candidate * PARTS * stride;
            int mean = last + 2 * stride;
            int max = last + 3 * stride;
            System.arraycopy(tokens, window.offset(end - 1), rows, last, stride);
            System.arraycopy(tokens, window.offset(start), rows, last + stride, stride);
            int next = start + 1;
            if (tile.continues(candidate)) {
                System.arraycopy(rows, max - PARTS * stride, rows, max, stride);
                next = tile.end[candidate - 1];
            } else {
                System.arraycopy(tokens, window.offset(start), rows, max, stride);
                System.arraycopy(tokens, window.offset(start), sum, 0, stride);
            }
            for (int token = next; token < end; token++) {
                kernels.max(rows, max, tokens, window.offset(token), rows, max, stride);
                kernels.add(tokens, window.offset(token), sum, 0, stride);
            }
            kernels.scale(sum, 0, 1f / (end - start), rows, mean, stride);
        }
    }
}
