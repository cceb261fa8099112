package io.trustpipeline.spacy.nn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the widest registers of the machine. Only this class and its tiles link {@code jdk.incubator.vector}.
 */
final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(S, lane -> lane ^ (L / 2));
    private static final VectorShuffle<Float> QUARTERS = VectorShuffle.fromOp(S, lane -> lane ^ (L / 4));
    private static final VectorShuffle<Float> EIGHTHS = VectorShuffle.fromOp(S, lane -> lane ^ (L / 8));
    private static final VectorShuffle<Float> SIXTEENTHS = VectorShuffle.fromOp(S, lane -> lane ^ (L / 16));

    static final VectorKernels INSTANCE = new VectorKernels();

    private VectorKernels() {}

    @Override
    public String name() {
        return "vector" + S.vectorBitSize();
    }

    @Override
    public int lanes() {
        return L;
    }

    @Override
    public void tile(
            float[] a, int[] rows, int row, int n, int inputs, float[] w, int w0, float[] c, int c0, int cStride) {
        if (n > TILE_ROWS / 2) {
            VectorTiles.sixRows(a, rows, row, inputs, w, w0, c, c0, cStride);
        } else {
            VectorTiles.threeRows(a, rows, row, inputs, w, w0, c, c0, cStride);
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
        VectorTiles.sparseRow(inputs, values, from, to, w, w0, start, s0, c, c0);
    }

    private static FloatVector load(float[] a, int offset) {
        return FloatVector.fromArray(S, a, offset);
    }

    /**
     * The sum of the lanes, always in the same order. The API's own {@code reduceLanes} adds in one order when it is
     * interpreted and in another when it is compiled, so that scores would depend on how warm the JVM is.
     */
    private static float sum(FloatVector v) {
        FloatVector sums = v.add(v.rearrange(HALVES));
        if (L > 2) {
            sums = sums.add(sums.rearrange(QUARTERS));
        }
        if (L > 4) {
            sums = sums.add(sums.rearrange(EIGHTHS));
        }
        if (L > 8) {
            sums = sums.add(sums.rearrange(SIXTEENTHS));
        }
        return sums.lane(0);
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
                FloatVector best = load(c, from).add(load(start, begin));
                for (int piece = 1; piece < pieces; piece++) {
                    int at = piece * L;
                    best = best.max(load(c, from + at).add(load(start, begin + at)));
                }
                best.intoArray(out, to + block * L);
                from += pieces * L;
                begin += pieces * L;
            }
        }
    }

    @Override
    public void maxPiecesOfSum(float[][] a, int[] a0, float[] start, int columns, int pieces, float[] out, int o0) {
        int to = o0;
        for (int column = 0; column < columns; to += L) {
            FloatVector best = sum(a, a0, start, column);
            column += L;
            for (int piece = 1; piece < pieces; piece++, column += L) {
                best = best.max(sum(a, a0, start, column));
            }
            best.intoArray(out, to);
        }
    }

    private static FloatVector sum(float[][] a, int[] a0, float[] start, int column) {
        FloatVector sum = load(start, column);
        for (int i = 0; i < a.length; i++) {
            sum = sum.add(load(a[i], a0[i] + column));
        }
        return sum;
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
        FloatVector factor = FloatVector.broadcast(S, scale);
        int to = o0;
        for (int column = 0; column < columns; to += L) {
            FloatVector best =
                    sum(start, s0 + column, a, a0 + column, b, b0 + column, c, c0 + column, d, column, factor);
            column += L;
            for (int piece = 1; piece < pieces; piece++, column += L) {
                best = best.max(
                        sum(start, s0 + column, a, a0 + column, b, b0 + column, c, c0 + column, d, column, factor));
            }
            best.intoArray(out, to);
        }
    }

    private static FloatVector sum(
            float[] start,
            int s0,
            float[] a,
            int a0,
            float[] b,
            int b0,
            float[] c,
            int c0,
            float[] d,
            int d0,
            FloatVector factor) {
        FloatVector sum = load(start, s0).add(load(a, a0)).add(load(b, b0));
        return load(d, d0).fma(factor, sum).add(load(c, c0));
    }

    @Override
    public void layerNorm(float[] h, int h0, int n, float[] gain, float[] bias, float[] out, int o0, boolean add) {
        float mean = mean(h, h0, n);
        float scale = scale(h, h0, n, mean);
        int bound = S.loopBound(n);
        // A vector that two branches use would be an object.
        if (add) {
            for (int j = 0; j < bound; j += L) {
                load(h, h0 + j)
                        .sub(mean)
                        .mul(scale)
                        .fma(load(gain, j), load(bias, j))
                        .add(load(out, o0 + j))
                        .intoArray(out, o0 + j);
            }
        } else {
            for (int j = 0; j < bound; j += L) {
                load(h, h0 + j)
                        .sub(mean)
                        .mul(scale)
                        .fma(load(gain, j), load(bias, j))
                        .intoArray(out, o0 + j);
            }
        }
        for (int j = bound; j < n; j++) {
            float normal = (h[h0 + j] - mean) * scale * gain[j] + bias[j];
            out[o0 + j] = add ? out[o0 + j] + normal : normal;
        }
    }

    private static float mean(float[] h, int h0, int n) {
        int bound = S.loopBound(n);
        FloatVector sums = FloatVector.zero(S);
        for (int j = 0; j < bound; j += L) {
            sums = sums.add(load(h, h0 + j));
        }
        float sum = sum(sums);
        for (int j = bound; j < n; j++) {
            sum += h[h0 + j];
        }
        return sum / n;
    }

    private static float scale(float[] h, int h0, int n, float mean) {
        int bound = S.loopBound(n);
        FloatVector sums = FloatVector.zero(S);
        for (int j = 0; j < bound; j += L) {
            FloatVector d = load(h, h0 + j).sub(mean);
            sums = d.fma(d, sums);
        }
        float squares = sum(sums);
        for (int j = bound; j < n; j++) {
            float d = h[h0 + j] - mean;
            squares += d * d;
        }
        return LayerNorm.scale(squares / n);
    }

    @Override
    public void affine(float[] h, int h0, int n, float[] w, float[] b, float[] out, int o0) {
        int bound = S.loopBound(n);
        for (int i = 0; i < b.length; i++) {
            int w0 = i * n;
            FloatVector sums = FloatVector.zero(S);
            for (int j = 0; j < bound; j += L) {
                sums = load(h, h0 + j).fma(load(w, w0 + j), sums);
            }
            float sum = sum(sums);
            for (int j = bound; j < n; j++) {
                sum += h[h0 + j] * w[w0 + j];
            }
            out[o0 + i] = b[i] + sum;
        }
    }

    @Override
    public void affineOfNormal(float[] h, int h0, int n, float[] w, float[] b, float[] out, int o0) {
        float mean = mean(h, h0, n);
        float scale = scale(h, h0, n, mean);
        int bound = S.loopBound(n);
        for (int i = 0; i < b.length; i++) {
            int w0 = i * n;
            FloatVector sums = FloatVector.zero(S);
            for (int j = 0; j < bound; j += L) {
                sums = load(h, h0 + j).sub(mean).fma(load(w, w0 + j), sums);
            }
            float sum = sum(sums);
            for (int j = bound; j < n; j++) {
                sum += (h[h0 + j] - mean) * w[w0 + j];
            }
            out[o0 + i] = b[i] + sum * scale;
        }
    }

    @Override
    public void max(float[] a, int a0, float[] b, int b0, float[] out, int o0, int n) {
        int bound = S.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            load(a, a0 + j).max(load(b, b0 + j)).intoArray(out, o0 + j);
        }
        for (int j = bound; j < n; j++) {
            out[o0 + j] = Math.max(a[a0 + j], b[b0 + j]);
        }
    }

    @Override
    public void grow(float[] a, int a0, float[] out, int o0, float[] increase, int n) {
        int bound = S.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            FloatVector before = load(out, o0 + j);
            FloatVector after = load(a, a0 + j).max(before);
            after.sub(before).intoArray(increase, j);
            after.intoArray(out, o0 + j);
        }
        for (int j = bound; j < n; j++) {
            float after = Math.max(a[a0 + j], out[o0 + j]);
            increase[j] = after - out[o0 + j];
            out[o0 + j] = after;
        }
    }

    @Override
    public void add(float[] a, int a0, float[] out, int o0, int n) {
        int bound = S.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            load(out, o0 + j).add(load(a, a0 + j)).intoArray(out, o0 + j);
        }
        for (int j = bound; j < n; j++) {
            out[o0 + j] += a[a0 + j];
        }
    }

    @Override
    public void scale(float[] a, int a0, float scale, float[] out, int o0, int n) {
        int bound = S.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            load(a, a0 + j).mul(scale).intoArray(out, o0 + j);
        }
        for (int j = bound; j < n; j++) {
            out[o0 + j] = a[a0 + j] * scale;
        }
    }
}
