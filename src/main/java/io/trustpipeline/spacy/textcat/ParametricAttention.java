package io.trustpipeline.spacy.textcat;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.nn.Erf;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Maxout;
import io.trustpipeline.spacy.nn.Tiles;
import io.trustpipeline.spacy.tok2vec.TensorWindow;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sums the rows of a document's tensor, each weighted by how similar it is to a learnt one, and mixes the sum (the
 * convolutional half of spaCy's {@code TextCatEnsemble}, and {@code TextCatParametricAttention}). Immutable.
 *
 * <pre>
 *   a = softmax(clip(keys(x) · query, -20, 20))      [tokens]
 *   s = sum of a[t] x[t]                             [width]
 *   s + layernorm(maxout(s))                         [width]
 * </pre>
 *
 * @param query thinc's {@code Q}
 * @param keys from a row to what is compared with the query; null for the row itself
 */
@SuppressWarnings("ArrayRecordComponent")
record ParametricAttention(
        Kernels kernels,
        Tok2Vec tensor,
        float[] query,
        @Nullable Gelu keys,
        Maxout mix) implements DocumentLayer {

    private static final int TOKENS = 64;
    private static final float LIMIT = 20;
    private static final float[] NO_BIAS = {0};

    /** A linear layer, then {@code x Φ(x)}: thinc's {@code Gelu}. */
    record Gelu(float[] weights, float[] bias) {

        void apply(Kernels kernels, float[] rows, int row, float[] out) {
            kernels.affine(rows, row, bias.length, weights, bias, out, 0);
            for (int i = 0; i < out.length; i++) {
                out[i] *= 0.5f * (1 + Erf.erf(out[i] * Erf.SQRT_HALF));
            }
        }
    }

    @Override
    public int width() {
        return query.length;
    }

    @Override
    public Optional<Tok2Vec> tok2vec() {
        return Optional.of(tensor);
    }

    @Override
    public Worker newWorker(Function<Tok2Vec, TensorWindow> windows) {
        return new Attending(windows.apply(tensor));
    }

    private final class Attending implements Worker {

        private final TensorWindow window;
        private final float[] key = new float[query.length];
        private final float[] weighted = new float[query.length];
        private final float[] similarity = new float[1];
        private final int[] row = new int[Tiles.ceil(1)];
        private final float[] scratch = new float[mix.scratchSize()];
        private final float[] hidden = new float[Tiles.ceil(1) * mix.hiddenStride()];

        Attending(TensorWindow window) {
            this.window = window;
        }

        /** The weights share a divisor, which is only known at the end: so memory does not grow with the document. */
        @Override
        public void write(Doc doc, float[] out, int o0) {
            Arrays.fill(weighted, 0);
            double sum = 0;
            for (int from = 0; from < doc.length(); from += TOKENS) {
                int to = Math.min(doc.length(), from + TOKENS);
                window.cover(from, to);
                for (int token = from; token < to; token++) {
                    int at = window.offset(token);
                    float weight = weight(window.rows(), at);
                    sum += weight;
                    for (int i = 0; i < weighted.length; i++) {
                        weighted[i] += window.rows()[at + i] * weight;
                    }
                }
            }
            for (int i = 0; i < weighted.length; i++) {
                weighted[i] /= (float) sum;
            }
            mix.maxout(weighted, row, 1, scratch, hidden);
            System.arraycopy(weighted, 0, out, o0, weighted.length);
            mix.normalize(hidden, 0, out, o0, true);
        }

        private float weight(float[] rows, int at) {
            if (keys == null) {
                kernels.affine(rows, at, query.length, query, NO_BIAS, similarity, 0);
            } else {
                keys.apply(kernels, rows, at, key);
                kernels.affine(key, 0, query.length, query, NO_BIAS, similarity, 0);
            }
            return (float) Math.exp(Math.max(-LIMIT, Math.min(LIMIT, similarity[0])));
        }
    }
}
