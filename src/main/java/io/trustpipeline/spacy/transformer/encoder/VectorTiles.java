package io.trustpipeline.spacy.transformer.encoder;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product of six rows on the widest registers of the machine.
 *
 * <p>A method is one loop whose vectors are all local variables and which calls nothing but the Vector API: the compiler
 * stops inlining into methods that grow beyond its node limit, and a vector that crosses a real call is boxed, which
 * makes the product five times slower without any message. That is why activations are not
 * applied here.
 */
final class VectorTiles {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorTiles() {}

    /** See {@link EncoderKernels#tile}. */
    static void tile(
            int vectors,
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            int inputs,
            float[] from,
            int f0,
            int fStride,
            float[] c,
            int c0,
            int cStride) {
        switch (vectors) {
            case 3 -> tile3(a, a0, aStride, b, b0, bStride, inputs, from, f0, fStride, c, c0, cStride);
            case 2 -> tile2(a, a0, aStride, b, b0, bStride, inputs, from, f0, fStride, c, c0, cStride);
            default -> tile1(a, a0, aStride, b, b0, bStride, inputs, from, f0, fStride, c, c0, cStride);
        }
    }

    private static FloatVector load(float[] a, int offset) {
        return FloatVector.fromArray(S, a, offset);
    }

    private static void tile3(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            int inputs,
            float[] from,
            int f0,
            int fStride,
            float[] c,
            int c0,
            int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        int f1 = f0 + fStride;
        int f2 = f1 + fStride;
        int f3 = f2 + fStride;
        int f4 = f3 + fStride;
        int f5 = f4 + fStride;
        FloatVector c00 = load(from, f0);
        FloatVector c01 = load(from, f0 + L);
        FloatVector c02 = load(from, f0 + 2 * L);
        FloatVector c10 = load(from, f1);
        FloatVector c11 = load(from, f1 + L);
        FloatVector c12 = load(from, f1 + 2 * L);
        FloatVector c20 = load(from, f2);
        FloatVector c21 = load(from, f2 + L);
        FloatVector c22 = load(from, f2 + 2 * L);
        FloatVector c30 = load(from, f3);
        FloatVector c31 = load(from, f3 + L);
        FloatVector c32 = load(from, f3 + 2 * L);
        FloatVector c40 = load(from, f4);
        FloatVector c41 = load(from, f4 + L);
        FloatVector c42 = load(from, f4 + 2 * L);
        FloatVector c50 = load(from, f5);
        FloatVector c51 = load(from, f5 + L);
        FloatVector c52 = load(from, f5 + 2 * L);
        for (int k = 0, p = b0; k < inputs; k++, p += bStride) {
            FloatVector w0 = load(b, p);
            FloatVector w1 = load(b, p + L);
            FloatVector w2 = load(b, p + 2 * L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + k]);
            c00 = x.fma(w0, c00);
            c01 = x.fma(w1, c01);
            c02 = x.fma(w2, c02);
            x = FloatVector.broadcast(S, a[a1 + k]);
            c10 = x.fma(w0, c10);
            c11 = x.fma(w1, c11);
            c12 = x.fma(w2, c12);
            x = FloatVector.broadcast(S, a[a2 + k]);
            c20 = x.fma(w0, c20);
            c21 = x.fma(w1, c21);
            c22 = x.fma(w2, c22);
            x = FloatVector.broadcast(S, a[a3 + k]);
            c30 = x.fma(w0, c30);
            c31 = x.fma(w1, c31);
            c32 = x.fma(w2, c32);
            x = FloatVector.broadcast(S, a[a4 + k]);
            c40 = x.fma(w0, c40);
            c41 = x.fma(w1, c41);
            c42 = x.fma(w2, c42);
            x = FloatVector.broadcast(S, a[a5 + k]);
            c50 = x.fma(w0, c50);
            c51 = x.fma(w1, c51);
            c52 = x.fma(w2, c52);
        }
        int o = c0;
        c00.intoArray(c, o);
        c01.intoArray(c, o + L);
        c02.intoArray(c, o + 2 * L);
        o += cStride;
        c10.intoArray(c, o);
        c11.intoArray(c, o + L);
        c12.intoArray(c, o + 2 * L);
        o += cStride;
        c20.intoArray(c, o);
        c21.intoArray(c, o + L);
        c22.intoArray(c, o + 2 * L);
        o += cStride;
        c30.intoArray(c, o);
        c31.intoArray(c, o + L);
        c32.intoArray(c, o + 2 * L);
        o += cStride;
        c40.intoArray(c, o);
        c41.intoArray(c, o + L);
        c42.intoArray(c, o + 2 * L);
        o += cStride;
        c50.intoArray(c, o);
        c51.intoArray(c, o + L);
        c52.intoArray(c, o + 2 * L);
    }

    private static void tile2(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            int inputs,
            float[] from,
            int f0,
            int fStride,
            float[] c,
            int c0,
            int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        int f1 = f0 + fStride;
        int f2 = f1 + fStride;
        int f3 = f2 + fStride;
        int f4 = f3 + fStride;
        int f5 = f4 + fStride;
        FloatVector c00 = load(from, f0);
        FloatVector c01 = load(from, f0 + L);
        FloatVector c10 = load(from, f1);
        FloatVector c11 = load(from, f1 + L);
        FloatVector c20 = load(from, f2);
        FloatVector c21 = load(from, f2 + L);
        FloatVector c30 = load(from, f3);
        FloatVector c31 = load(from, f3 + L);
        FloatVector c40 = load(from, f4);
        FloatVector c41 = load(from, f4 + L);
        FloatVector c50 = load(from, f5);
        FloatVector c51 = load(from, f5 + L);
        for (int k = 0, p = b0; k < inputs; k++, p += bStride) {
            FloatVector w0 = load(b, p);
            FloatVector w1 = load(b, p + L);
            FloatVector x = FloatVector.broadcast(S, a[a0 + k]);
            c00 = x.fma(w0, c00);
            c01 = x.fma(w1, c01);
            x = FloatVector.broadcast(S, a[a1 + k]);
            c10 = x.fma(w0, c10);
            c11 = x.fma(w1, c11);
            x = FloatVector.broadcast(S, a[a2 + k]);
            c20 = x.fma(w0, c20);
            c21 = x.fma(w1, c21);
            x = FloatVector.broadcast(S, a[a3 + k]);
            c30 = x.fma(w0, c30);
            c31 = x.fma(w1, c31);
            x = FloatVector.broadcast(S, a[a4 + k]);
            c40 = x.fma(w0, c40);
            c41 = x.fma(w1, c41);
            x = FloatVector.broadcast(S, a[a5 + k]);
            c50 = x.fma(w0, c50);
            c51 = x.fma(w1, c51);
        }
        int o = c0;
        c00.intoArray(c, o);
        c01.intoArray(c, o + L);
        o += cStride;
        c10.intoArray(c, o);
        c11.intoArray(c, o + L);
        o += cStride;
        c20.intoArray(c, o);
        c21.intoArray(c, o + L);
        o += cStride;
        c30.intoArray(c, o);
        c31.intoArray(c, o + L);
        o += cStride;
        c40.intoArray(c, o);
        c41.intoArray(c, o + L);
        o += cStride;
        c50.intoArray(c, o);
        c51.intoArray(c, o + L);
    }

    private static void tile1(
            float[] a,
            int a0,
            int aStride,
            float[] b,
            int b0,
            int bStride,
            int inputs,
            float[] from,
            int f0,
            int fStride,
            float[] c,
            int c0,
            int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        int f1 = f0 + fStride;
        int f2 = f1 + fStride;
        int f3 = f2 + fStride;
        int f4 = f3 + fStride;
        int f5 = f4 + fStride;
        FloatVector c00 = load(from, f0);
        FloatVector c10 = load(from, f1);
        FloatVector c20 = load(from, f2);
        FloatVector c30 = load(from, f3);
        FloatVector c40 = load(from, f4);
        FloatVector c50 = load(from, f5);
        for (int k = 0, p = b0; k < inputs; k++, p += bStride) {
            FloatVector w0 = load(b, p);
            FloatVector x = FloatVector.broadcast(S, a[a0 + k]);
            c00 = x.fma(w0, c00);
            x = FloatVector.broadcast(S, a[a1 + k]);
            c10 = x.fma(w0, c10);
            x = FloatVector.broadcast(S, a[a2 + k]);
            c20 = x.fma(w0, c20);
            x = FloatVector.broadcast(S, a[a3 + k]);
            c30 = x.fma(w0, c30);
            x = FloatVector.broadcast(S, a[a4 + k]);
            c40 = x.fma(w0, c40);
            x = FloatVector.broadcast(S, a[a5 + k]);
            c50 = x.fma(w0, c50);
        }
        int o = c0;
        c00.intoArray(c, o);
        o += cStride;
        c10.intoArray(c, o);
        o += cStride;
        c20.intoArray(c, o);
        o += cStride;
        c30.intoArray(c, o);
        o += cStride;
        c40.intoArray(c, o);
        o += cStride;
        c50.intoArray(c, o);
    }
}
