package io.trustpipeline.spacy.nn;

import java.util.Arrays;

/** The kernels in plain Java, written so that the compiler can vectorise the innermost loops by itself. */
final class ScalarKernels implements Kernels {

    static final ScalarKernels INSTANCE = new ScalarKernels();

    private static final int LANES = 8;
    private static final int COLUMNS = TILE_VECTORS * LANES;

    private ScalarKernels() {}

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void tile(
            float[] a, int[] rows, int row, int n, int inputs, float[] w, int w0, float[] c, int c0, int cStride) {
        for (int r = 0; r < n; r++) {
            Arrays.fill(c, c0 + r * cStride, c0 + r * cStride + COLUMNS, 0);
        }
        for (int k = 0; k < inputs; k++) {
            for (int r = 0; r < n; r++) {
                multiplyAdd(a[rows[row + r] + k], w, w0 + k * COLUMNS, c, c0 + r * cStride);
            }
        }
    }

    @Override
    public void sparseTile(
            int[] inputs,
            float[] values,
            int from,
            int to,
            float[] w,
            int w0,
            float[] start,
            int s0,
            float[] c,
            int c0) {
        System.arraycopy(start, s0, c, c0, COLUMNS);
        for (int i = from; i < to; i++) {
            multiplyAdd(values[i], w, w0 + inputs[i] * COLUMNS, c, c0);
        }
    }

    private static void multiplyAdd(float x, float[] w, int w0, float[] c, int c0) {
        for (int j = 0; j < COLUMNS; j++) {
            c[c0 + j] += x * w[w0 + j];
        }
    }

    @Override
    public void maxPieces(
            float[] c,
            int cStride,
            int n,
            float[] start,
            int s0,
            int blocks,
            int pieces,
            float[] out,
            int o0,
            int oStride) {
        for (int r = 0; r < n; r++) {
            int from = r * cStride;
            int begin = s0;
            int to = o0 + r * oStride;
            for (int block = 0; block < blocks; block++) {
                for (int lane = 0; lane < LANES; lane++) {
                    float best = c[from + lane] + start[begin + lane];
                    for (int at = lane + LANES; at < pieces * LANES; at += LANES) {
                        best = Math.max(best, c[from + at] + start[begin + at]);
                    }
                    out[to + block * LANES + lane] = best;
                }
                from += pieces * LANES;
                begin += pieces * LANES;
            }
        }
    }

    @Override
    public void maxPiecesOfSum(float[][] a, int[] a0, float[] start, int columns, int pieces, float[] out, int o0) {
        int to = o0;
        for (int block = 0; block < columns; block += pieces * LANES) {
            for (int lane = block; lane < block + LANES; lane++) {
                float best = Float.NEGATIVE_INFINITY;
                for (int column = lane; column < block + pieces * LANES; column += LANES) {
                    float sum = start[column];
                    for (int i = 0; i < a.length; i++) {
                        sum += a[i][a0[i] + column];
                    }
                    best = Math.max(best, sum);
                }
                out[to++] = best;
            }
        }
    }

    @Override
    public void maxPiecesOfScaled(
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
            int o0) {
        int to = o0;
        for (int block = 0; block < columns; block += pieces * LANES) {
            for (int lane = block; lane < block + LANES; lane++) {
                float best = Float.NEGATIVE_INFINITY;
                for (int column = lane; column < block + pieces * LANES; column += LANES) {
                    float sum = start[s0 + column] + a[a0 + column] + b[b0 + column];
                    best = Math.max(best, sum + d[column] * scale + c[c0 + column]);
                }
                out[to++] = best;
            }
        }
    }

    @Override
    public void layerNorm(float[] h, int h0, int n, float[] gain, float[] bias, float[] out, int o0, boolean add) {
        float mean = mean(h, h0, n);
        float scale = scale(h, h0, n, mean);
        for (int j = 0; j < n; j++) {
            float normal = (h[h0 + j] - mean) * scale * gain[j] + bias[j];
            out[o0 + j] = add ? out[o0 + j] + normal : normal;
        }
    }

    private static float mean(float[] h, int h0, int n) {
        float sum = 0;
        for (int j = 0; j < n; j++) {
            sum += h[h0 + j];
        }
        return sum / n;
    }

    private static float scale(float[] h, int h0, int n, float mean) {
        float squares = 0;
        for (int j = 0; j < n; j++) {
            float d = h[h0 + j] - mean;
            squares += d * d;
        }
        return LayerNorm.scale(squares / n);
    }

    @Override
    public void affine(float[] h, int h0, int n, float[] w, float[] b, float[] out, int o0) {
        for (int i = 0; i < b.length; i++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += h[h0 + j] * w[i * n + j];
            }
            out[o0 + i] = b[i] + sum;
        }
    }

    @Override
    public void affineOfNormal(float[] h, int h0, int n, float[] w, float[] b, float[] out, int o0) {
        float mean = mean(h, h0, n);
        float scale = scale(h, h0, n, mean);
        for (int i = 0; i < b.length; i++) {
            float sum = 0;
            for (int j = 0; j < n; j++) {
                sum += (h[h0 + j] - mean) * w[i * n + j];
            }
            out[o0 + i] = b[i] + sum * scale;
        }
    }

    @Override
    public void max(float[] a, int a0, float[] b, int b0, float[] out, int o0, int n) {
        for (int j = 0; j < n; j++) {
            out[o0 + j] = Math.max(a[a0 + j], b[b0 + j]);
        }
    }

    @Override
    public void grow(float[] a, int a0, float[] out, int o0, float[] increase, int n) {
        for (int j = 0; j < n; j++) {
            float after = Math.max(a[a0 + j], out[o0 + j]);
            increase[j] = after - out[o0 + j];
            out[o0 + j] = after;
        }
    }

    @Override
    public void add(float[] a, int a0, float[] out, int o0, int n) {
        for (int j = 0; j < n; j++) {
            out[o0 + j] += a[a0 + j];
        }
    }

    @Override
    public void scale(float[] a, int a0, float scale, float[] out, int o0, int n) {
        for (int j = 0; j < n; j++) {
            out[o0 + j] = a[a0 + j] * scale;
        }
    }
}
