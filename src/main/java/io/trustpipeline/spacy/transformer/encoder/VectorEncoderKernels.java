package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.nn.Erf;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The kernels on the widest registers of the machine. */
final class VectorEncoderKernels implements EncoderKernels {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    static final VectorEncoderKernels INSTANCE = new VectorEncoderKernels();

    private VectorEncoderKernels() {}

    @Override
    public int lanes() {
        return L;
    }

    @Override
    public void tile(
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
        VectorTiles.tile(vectors, a, a0, aStride, b, b0, bStride, inputs, from, f0, fStride, c, c0, cStride);
    }

    private static FloatVector load(float[] a, int offset) {
        return FloatVector.fromArray(S, a, offset);
    }

    @Override
    public void activate(Activation activation, float[] x, int x0, int n) {
        switch (activation) {
            case GELU -> gelu(x, x0, n);
            case GELU_TANH -> geluTanh(x, x0, n);
            case SILU -> silu(x, x0, n);
            case RELU -> relu(x, x0, n);
        }
    }

    /** {@code x / 2 * (1 + erf(x / sqrt(2)))}; erf as a rational function, see {@link Erf}. */
    private static void gelu(float[] a, int a0, int n) {
        for (int j = 0; j < n; j += L) {
            FloatVector x = load(a, a0 + j);
            FloatVector half = x.mul(0.5f);
            FloatVector z = x.mul(Erf.SQRT_HALF).min(Erf.BOUND).max(-Erf.BOUND);
            FloatVector y = z.mul(z);
            FloatVector p = FloatVector.broadcast(S, Erf.P6);
            p = p.fma(y, FloatVector.broadcast(S, Erf.P5));
            p = p.fma(y, FloatVector.broadcast(S, Erf.P4));
            p = p.fma(y, FloatVector.broadcast(S, Erf.P3));
            p = p.fma(y, FloatVector.broadcast(S, Erf.P2));
            p = p.fma(y, FloatVector.broadcast(S, Erf.P1));
            p = p.fma(y, FloatVector.broadcast(S, Erf.P0));
            FloatVector q = FloatVector.broadcast(S, Erf.Q4);
            q = q.fma(y, FloatVector.broadcast(S, Erf.Q3));
            q = q.fma(y, FloatVector.broadcast(S, Erf.Q2));
            q = q.fma(y, FloatVector.broadcast(S, Erf.Q1));
            q = q.fma(y, FloatVector.broadcast(S, Erf.Q0));
            p.mul(z).div(q).fma(half, half).intoArray(a, a0 + j);
        }
    }

    /** {@code x / 2 * (1 + tanh(u)) = x / (1 + exp(-2u))} with {@code u = sqrt(2 / pi) * (x + 0.044715 x^3)}. */
    private static void geluTanh(float[] a, int a0, int n) {
        for (int j = 0; j < n; j += L) {
            FloatVector x = load(a, a0 + j);
            FloatVector cubic = x.mul(x).mul(Exp.TANH_CUBIC).add(1f);
            x.div(exp(x.mul(cubic).mul(Exp.TANH_SCALE)).add(1f)).intoArray(a, a0 + j);
        }
    }

    private static void silu(float[] a, int a0, int n) {
        for (int j = 0; j < n; j += L) {
            FloatVector x = load(a, a0 + j);
            x.div(exp(x.neg()).add(1f)).intoArray(a, a0 + j);
        }
    }

    private static void relu(float[] a, int a0, int n) {
        for (int j = 0; j < n; j += L) {
            load(a, a0 + j).max(0f).intoArray(a, a0 + j);
        }
    }

    /** See {@link Exp}. */
    private static FloatVector exp(FloatVector argument) {
        FloatVector x = argument.max(Exp.MIN).min(Exp.MAX);
        FloatVector shifted = x.fma(FloatVector.broadcast(S, Exp.LOG2_E), FloatVector.broadcast(S, Exp.ROUND));
        FloatVector n = shifted.sub(Exp.ROUND);
        FloatVector r = n.fma(FloatVector.broadcast(S, -Exp.LN2_HIGH), x);
        r = n.fma(FloatVector.broadcast(S, -Exp.LN2_LOW), r);
        FloatVector p = FloatVector.broadcast(S, Exp.C5);
        p = p.fma(r, FloatVector.broadcast(S, Exp.C4));
        p = p.fma(r, FloatVector.broadcast(S, Exp.C3));
        p = p.fma(r, FloatVector.broadcast(S, Exp.C2));
        p = p.fma(r, FloatVector.broadcast(S, Exp.C1));
        p = p.fma(r, FloatVector.broadcast(S, Exp.C0));
        p = p.fma(r.mul(r), r.add(1f));
        return p.reinterpretAsInts()
                .add(shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, Exp.FRACTION_BITS))
                .reinterpretAsFloats();
    }

    @Override
    public void softmax(float[] s, int s0, int n, float scale) {
        int end = ceil(n);
        for (int j = n; j < end; j++) {
            s[s0 + j] = Float.NEGATIVE_INFINITY;
        }
        FloatVector best = load(s, s0);
        for (int j = L; j < end; j += L) {
            best = best.max(load(s, s0 + j));
        }
        float max = best.reduceLanes(VectorOperators.MAX);
        FloatVector sums = FloatVector.zero(S);
        for (int j = 0; j < end; j += L) {
            FloatVector power = exp(load(s, s0 + j).sub(max).mul(scale));
            power.intoArray(s, s0 + j);
            sums = sums.add(power);
        }
        float factor = 1 / sum(sums);
        for (int j = 0; j < end; j += L) {
            load(s, s0 + j).mul(factor).intoArray(s, s0 + j);
        }
    }

    @Override
    public void addUnscaled(float[] s, int s0, float[] a, int a0, int n, float scale) {
        int bound = S.loopBound(n);
        float inverse = 1 / scale;
        for (int j = 0; j < bound; j += L) {
            load(a, a0 + j)
                    .fma(FloatVector.broadcast(S, inverse), load(s, s0 + j))
                    .intoArray(s, s0 + j);
        }
        for (int j = bound; j < n; j++) {
            s[s0 + j] += a[a0 + j] * inverse;
        }
    }

    @Override
    public void add(float[] x, int x0, float[] y, int y0, int n) {
        int bound = S.loopBound(n);
        for (int j = 0; j < bound; j += L) {
            load(x, x0 + j).add(load(y, y0 + j)).intoArray(x, x0 + j);
        }
        for (int j = bound; j < n; j++) {
            x[x0 + j] += y[y0 + j];
        }
    }

    @Override
    public void addAndNormalize(
            float[] x, int x0, float[] y, int y0, int n, float[] gain, float[] bias, double epsilon) {
        int bound = S.loopBound(n);
        FloatVector sums = FloatVector.zero(S);
        for (int j = 0; j < bound; j += L) {
            FloatVector h = load(x, x0 + j).add(load(y, y0 + j));
            h.intoArray(x, x0 + j);
            sums = sums.add(h);
        }
        float sum = sum(sums);
        for (int j = bound; j < n; j++) {
            x[x0 + j] += y[y0 + j];
            sum += x[x0 + j];
        }
        float mean = sum / n;
        float scale = scale(x, x0, n, mean, epsilon);
        for (int j = 0; j < bound; j += L) {
            load(x, x0 + j)
                    .sub(mean)
                    .mul(scale)
                    .fma(load(gain, j), load(bias, j))
                    .intoArray(x, x0 + j);
        }
        for (int j = bound; j < n; j++) {
            x[x0 + j] = (x[x0 + j] - mean) * scale * gain[j] + bias[j];
        }
    }

    private static float scale(float[] x, int x0, int n, float mean, double epsilon) {
        int bound = S.loopBound(n);
        FloatVector sums = FloatVector.zero(S);
        for (int j = 0; j < bound; j += L) {
            FloatVector d = load(x, x0 + j).sub(mean);
            sums = d.fma(d, sums);
        }
        float squares = sum(sums);
        for (int j = bound; j < n; j++) {
            float d = x[x0 + j] - mean;
            squares += d * d;
        }
        return (float) (1 / Math.sqrt(squares / n + epsilon));
    }

    private static final VectorShuffle<Float> HALVES = VectorShuffle.fromOp(S, lane -> lane ^ (L / 2));
    private static final VectorShuffle<Float> QUARTERS = VectorShuffle.fromOp(S, lane -> lane ^ (L / 4));
    private static final VectorShuffle<Float> EIGHTHS = VectorShuffle.fromOp(S, lane -> lane ^ (L / 8));
    private static final VectorShuffle<Float> SIXTEENTHS = VectorShuffle.fromOp(S, lane -> lane ^ (L / 16));

    /** The sum of the lanes, in the same order however warm the JVM is; {@code reduceLanes} promises no order. */
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
}
