package io.trustpipeline.spacy.nn;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix products of {@link VectorKernels}, from which the engine's time goes.
 *
 * <p>The species is a constant and every accumulator a local variable: the compiler keeps them in registers only then.
 */
final class VectorTiles {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorTiles() {}

    static void sixRows(float[] a, int[] rows, int row, int inputs, float[] w, int w0, float[] c, int c0, int cStride) {
        int a0 = rows[row];
        int a1 = rows[row + 1];
        int a2 = rows[row + 2];
        int a3 = rows[row + 3];
        int a4 = rows[row + 4];
        int a5 = rows[row + 5];
        FloatVector zero = FloatVector.zero(S);
        FloatVector c00 = zero;
        FloatVector c01 = zero;
        FloatVector c02 = zero;
        FloatVector c10 = zero;
        FloatVector c11 = zero;
        FloatVector c12 = zero;
        FloatVector c20 = zero;
        FloatVector c21 = zero;
        FloatVector c22 = zero;
        FloatVector c30 = zero;
        FloatVector c31 = zero;
        FloatVector c32 = zero;
        FloatVector c40 = zero;
        FloatVector c41 = zero;
        FloatVector c42 = zero;
        FloatVector c50 = zero;
        FloatVector c51 = zero;
        FloatVector c52 = zero;
        for (int k = 0, p = w0; k < inputs; k++, p += 3 * L) {
            FloatVector w0v = load(w, p);
            FloatVector w1v = load(w, p + L);
            FloatVector w2v = load(w, p + 2 * L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + k]);
            c00 = x.fma(w0v, c00);
            c01 = x.fma(w1v, c01);
            c02 = x.fma(w2v, c02);
            x = FloatVector.broadcast(S, a[a1 + k]);
            c10 = x.fma(w0v, c10);
            c11 = x.fma(w1v, c11);
            c12 = x.fma(w2v, c12);
            x = FloatVector.broadcast(S, a[a2 + k]);
            c20 = x.fma(w0v, c20);
            c21 = x.fma(w1v, c21);
            c22 = x.fma(w2v, c22);
            x = FloatVector.broadcast(S, a[a3 + k]);
            c30 = x.fma(w0v, c30);
            c31 = x.fma(w1v, c31);
            c32 = x.fma(w2v, c32);
            x = FloatVector.broadcast(S, a[a4 + k]);
            c40 = x.fma(w0v, c40);
            c41 = x.fma(w1v, c41);
            c42 = x.fma(w2v, c42);
            x = FloatVector.broadcast(S, a[a5 + k]);
            c50 = x.fma(w0v, c50);
            c51 = x.fma(w1v, c51);
            c52 = x.fma(w2v, c52);
        }
        int o = c0;
        store(c00, c01, c02, c, o);
        o += cStride;
        store(c10, c11, c12, c, o);
        o += cStride;
        store(c20, c21, c22, c, o);
        o += cStride;
        store(c30, c31, c32, c, o);
        o += cStride;
        store(c40, c41, c42, c, o);
        o += cStride;
        store(c50, c51, c52, c, o);
    }

    /** For what is left over: half the work of a whole tile. */
    static void threeRows(
            float[] a, int[] rows, int row, int inputs, float[] w, int w0, float[] c, int c0, int cStride) {
        int a0 = rows[row];
        int a1 = rows[row + 1];
        int a2 = rows[row + 2];
        FloatVector zero = FloatVector.zero(S);
        FloatVector c00 = zero;
        FloatVector c01 = zero;
        FloatVector c02 = zero;
        FloatVector c10 = zero;
        FloatVector c11 = zero;
        FloatVector c12 = zero;
        FloatVector c20 = zero;
        FloatVector c21 = zero;
        FloatVector c22 = zero;
        for (int k = 0, p = w0; k < inputs; k++, p += 3 * L) {
            FloatVector w0v = load(w, p);
            FloatVector w1v = load(w, p + L);
            FloatVector w2v = load(w, p + 2 * L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + k]);
            c00 = x.fma(w0v, c00);
            c01 = x.fma(w1v, c01);
            c02 = x.fma(w2v, c02);
            x = FloatVector.broadcast(S, a[a1 + k]);
            c10 = x.fma(w0v, c10);
            c11 = x.fma(w1v, c11);
            c12 = x.fma(w2v, c12);
            x = FloatVector.broadcast(S, a[a2 + k]);
            c20 = x.fma(w0v, c20);
            c21 = x.fma(w1v, c21);
            c22 = x.fma(w2v, c22);
        }
        int o = c0;
        store(c00, c01, c02, c, o);
        o += cStride;
        store(c10, c11, c12, c, o);
        o += cStride;
        store(c20, c21, c22, c, o);
    }

    /** Two inputs at a time, so that an addition need not wait for the one before it. */
    static void sparseRow(
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
        FloatVector even0 = load(start, s0);
        FloatVector even1 = load(start, s0 + L);
        FloatVector even2 = load(start, s0 + 2 * L);
        FloatVector odd0 = FloatVector.zero(S);
        FloatVector odd1 = odd0;
        FloatVector odd2 = odd0;
        int i = from;
        for (; i < to - 1; i += 2) {
            int p = w0 + inputs[i] * 3 * L;
            int q = w0 + inputs[i + 1] * 3 * L;
            FloatVector x = FloatVector.broadcast(S, values[i]);
            FloatVector y = FloatVector.broadcast(S, values[i + 1]);
            even0 = x.fma(load(w, p), even0);
            odd0 = y.fma(load(w, q), odd0);
            even1 = x.fma(load(w, p + L), even1);
            odd1 = y.fma(load(w, q + L), odd1);
            even2 = x.fma(load(w, p + 2 * L), even2);
            odd2 = y.fma(load(w, q + 2 * L), odd2);
        }
        if (i < to) {
            int p = w0 + inputs[i] * 3 * L;
            FloatVector x = FloatVector.broadcast(S, values[i]);
            even0 = x.fma(load(w, p), even0);
            even1 = x.fma(load(w, p + L), even1);
            even2 = x.fma(load(w, p + 2 * L), even2);
        }
        store(even0.add(odd0), even1.add(odd1), even2.add(odd2), c, c0);
    }

    private static FloatVector load(float[] a, int offset) {
        return FloatVector.fromArray(S, a, offset);
    }

    private static void store(FloatVector v0, FloatVector v1, FloatVector v2, float[] c, int offset) {
        v0.intoArray(c, offset);
        v1.intoArray(c, offset + L);
        v2.intoArray(c, offset + 2 * L);
    }
}
