package io.trustpipeline.spacy.transformer.encoder;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The matrix product of six rows on the widest registers of the machine.
 *
 * <p>A method is one loop whose vectors are all local variables and which calls nothing but the Vector API: the compiler
 * stops inlining into methods that grow beyond its node limit, and a vector that crosses a real call is boxed, which
 * makes the product five times slower without any message. That is why biases and activations are not added here.
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
            float[] c,
            int c0,
            int cStride) {
        switch (vectors) {
            case 3 -> tile3(a, a0, aStride, b, b0, bStride, inputs, c, c0, cStride);
            case 2 -> tile2(a, a0, aStride, b, b0, bStride, inputs, c, c0, cStride);
            default -> tile1(a, a0, aStride, b, b0, bStride, inputs, c, c0, cStride);
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
            float[] c,
            int c0,
            int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
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
            float[] c,
            int c0,
            int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        FloatVector zero = FloatVector.zero(S);
        FloatVector c00 = zero;
        FloatVector c01 = zero;
        FloatVector c10 = zero;
        FloatVector c11 = zero;
        FloatVector c20 = zero;
        FloatVector c21 = zero;
        FloatVector c30 = zero;
        FloatVector c31 = zero;
        FloatVector c40 = zero;
        FloatVector c41 = zero;
        FloatVector c50 = zero;
        FloatVector c51 = zero;
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
            float[] c,
            int c0,
            int cStride) {
        int a1 = a0 + aStride;
        int a2 = a1 + aStride;
        int a3 = a2 + aStride;
        int a4 = a3 + aStride;
        int a5 = a4 + aStride;
        FloatVector zero = FloatVector.zero(S);
        FloatVector c00 = zero;
        FloatVector c10 = zero;
        FloatVector c20 = zero;
        FloatVector c30 = zero;
        FloatVector c40 = zero;
        FloatVector c50 = zero;
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
