package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.nn.Erf;

import java.util.Arrays;

/** The kernels in plain Java, written so that the compiler can vectorise the innermost loops by itself. */
final class ScalarEncoderKernels implements EncoderKernels {

    static final ScalarEncoderKernels INSTANCE = new ScalarEncoderKernels();

    private static final int LANES = 8;

    private ScalarEncoderKernels() {}

    @Override
    public int lanes() {
        return LANES;
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
        int columns = vectors * LANES;
        for (int r = 0; r < TILE_ROWS; r++) {
            System.arraycopy(from, f0 + r * fStride, c, c0 + r * cStride, columns);
        }
        for (int k = 0; k < inputs; k++) {
            for (int r = 0; r < TILE_ROWS; r++) {
                multiplyAdd(a[a0 + r * aStride + k], b, b0 + k * bStride, c, c0 + r * cStride, columns);
            }
        }
    }

    private static void multiplyAdd(float x, float[] b, int b0, float[] c, int c0, int n) {
        for (int j = 0; j < n; j++) {
            c[c0 + j] += x * b[b0 + j];
        }
    }

    @Override
    public void activate(Activation activation, float[] x, int x0, int n) {
        for (int j = x0; j < x0 + n; j++) {
            x[j] = activate(activation, x[j]);
        }
    }

    private static float activate(Activation activation, float x) {
        return switch (activation) {
            case GELU -> x * 0.5f * (1 + Erf.erf(x * Erf.SQRT_HALF));
            case GELU_TANH -> x / (1 + Exp.exp(Exp.TANH_SCALE * x * (1 + Exp.TANH_CUBIC * x * x)));
            case SILU -> x / (1 + Exp.exp(-x));
            case RELU -> Math.max(0, x);
        };
    }

    @Override
    public void softmax(float[] s, int s0, int n, float scale) {
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < n; j++) {
            max = Math.max(max, s[s0 + j]);
        }
        float sum = 0;
        for (int j = 0; j < n; j++) {
            s[s0 + j] = Exp.exp((s[s0 + j] - max) * scale);
            sum += s[s0 + j];
        }
        for (int j = 0; j < n; j++) {
            s[s0 + j] /= sum;
        }
        Arrays.fill(s, s0 + n, s0 + ceil(n), 0);
    }

    @Override
    public void addUnscaled(float[] s, int s0, float[] a, int a0, int n, float scale) {
        for (int j = 0; j < n; j++) {
            s[s0 + j] += a[a0 + j] / scale;
        }
    }

    @Override
    public void add(float[] x, int x0, float[] y, int y0, int n) {
        for (int j = 0; j < n; j++) {
            x[x0 + j] += y[y0 + j];
        }
    }

    @Override
    public void addAndNormalize(
            float[] x, int x0, float[] y, int y0, int n, float[] gain, float[] bias, double epsilon) {
        add(x, x0, y, y0, n);
        float sum = 0;
        for (int j = 0; j < n; j++) {
            sum += x[x0 + j];
        }
        float mean = sum / n;
        float squares = 0;
        for (int j = 0; j < n; j++) {
            float d = x[x0 + j] - mean;
            squares += d * d;
        }
        float scale = (float) (1 / Math.sqrt(squares / n + epsilon));
        for (int j = 0; j < n; j++) {
            x[x0 + j] = (x[x0 + j] - mean) * scale * gain[j] + bias[j];
        }
    }
}
