package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.tok2vec.TensorWindow;

/**
 * How the largest values of the candidates' tokens grow from each candidate to the next. One token more changes one value
 * in {@code n} when there are {@code n} tokens, so what is computed from the changes alone is cheaper than from the values:
 * for sizes of 1 to 8, less than a quarter.
 *
 * <p>A candidate that does not continue the one before it begins with the values of its first token, and the changes are
 * those that its other tokens make. Belongs to one thread.
 */
final class MaximaChanges {

    private final Kernels kernels;
    private final int width;
    private final float[] maxima;
    private final float[] grown;
    private final float[] increase;
    private final int[] inputs;
    private final float[] increases;
    private final int[] until;
    private int size;

    /**
     * Room for the changes of a tile.
     *
     * @param width values of a token
     * @param stride floats from one token's values to the next's
     */
    MaximaChanges(Kernels kernels, int width, int stride, int candidates) {
        this.kernels = kernels;
        this.width = width;
        this.maxima = new float[stride];
        this.grown = new float[stride];
        this.increase = new float[stride];
        this.inputs = new int[candidates * width + 1];
        this.increases = new float[candidates * width + 1];
        this.until = new int[candidates];
    }

    /** Takes the changes of a tile's candidates. */
    void take(TensorWindow window, CandidateTile tile) {
        float[] tokens = window.rows();
        size = 0;
        for (int candidate = 0; candidate < tile.size(); candidate++) {
            int next = tile.start[candidate] + 1;
            if (tile.continues(candidate)) {
                next = tile.end[candidate - 1];
            } else {
                System.arraycopy(tokens, window.offset(next - 1), maxima, 0, maxima.length);
            }
            int more = tile.end[candidate] - next;
            if (more == 1) {
                grow(tokens, window.offset(next));
            } else if (more > 1) {
                System.arraycopy(tokens, window.offset(next), grown, 0, grown.length);
                for (int token = next + 1; token < tile.end[candidate]; token++) {
                    kernels.max(grown, 0, tokens, window.offset(token), grown, 0, grown.length);
                }
                grow(grown, 0);
            }
            until[candidate] = size;
        }
    }

    /** Written without a branch on the values, which no processor could foresee. */
    private void grow(float[] values, int at) {
        kernels.grow(values, at, maxima, 0, increase, maxima.length);
        int end = size;
        for (int input = 0; input < width; input++) {
            int bits = Float.floatToRawIntBits(increase[input]);
            inputs[end] = input;
            increases[end] = increase[input];
            end += (bits | -bits) >>> 31;
        }
        size = end;
    }

    /** Where a candidate's changes begin in {@link #inputs()} and {@link #increases()}. */
    int from(int candidate) {
        return candidate == 0 ? 0 : until[candidate - 1];
    }

    /** Where they end. */
    int until(int candidate) {
        return until[candidate];
    }

    /** Which values change. */
    int[] inputs() {
        return inputs;
    }

    /** By how much. */
    float[] increases() {
        return increases;
    }

    /** Changes of all candidates. */
    int size() {
        return size;
    }
}
