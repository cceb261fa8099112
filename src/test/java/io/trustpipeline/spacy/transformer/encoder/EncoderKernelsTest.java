package io.trustpipeline.spacy.transformer.encoder;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Both kernels against the definitions in double. */
class EncoderKernelsTest {

    private static final List<EncoderKernels> BOTH =
            List.of(ScalarEncoderKernels.INSTANCE, VectorEncoderKernels.INSTANCE);

    /** Up to 9.5: beyond, tanh is 1 and the values are those of relu. */
    @Test
    void activations_are_exact_to_the_last_bits() {
        for (EncoderKernels kernels : BOTH) {
            float[] x = new float[16 * 12_000];
            for (int i = 0; i < x.length; i++) {
                x[i] = -9.6f + i * 1e-4f;
            }
            for (Activation activation : Activation.values()) {
                float[] y = x.clone();
                kernels.activate(activation, y, 0, y.length);
                double worst = 0;
                for (int i = 0; i < x.length; i++) {
                    double error = Math.abs(y[i] - exact(activation, x[i]));
                    worst = Math.max(worst, error / Math.max(1, Math.abs(x[i])));
                }
                assertThat(worst)
                        .as("%s, %d lanes", activation, kernels.lanes())
                        .isLessThan(5e-7);
            }
        }
    }

    private static double exact(Activation activation, double x) {
        return switch (activation) {
            case GELU -> x * normal(x);
            case GELU_TANH -> x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
            case SILU -> x / (1 + Math.exp(-x));
            case RELU -> Math.max(0, x);
        };
    }

    /** The normal distribution by Marsaglia's series (2004); its tail is below float32 where the series loses digits. */
    private static double normal(double x) {
        if (Math.abs(x) > 7) {
            return x < 0 ? 0 : 1;
        }
        double sum = x;
        double term = x;
        for (int k = 3; Math.abs(term) > 1e-20; k += 2) {
            term *= x * x / k;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    @Property(tries = 100)
    void a_tile_is_a_product_added_to_what_it_begins_with(
            @ForAll @IntRange(min = 1, max = EncoderKernels.TILE_VECTORS) int vectors,
            @ForAll @IntRange(min = 1, max = 90) int inputs,
            @ForAll boolean sameRow,
            @ForAll long seed) {
        for (EncoderKernels kernels : BOTH) {
            int columns = vectors * kernels.lanes();
            float[] a = random(seed, EncoderKernels.TILE_ROWS * inputs);
            float[] b = random(seed + 1, inputs * columns);
            float[] from = random(seed + 2, EncoderKernels.TILE_ROWS * columns);
            float[] c = sameRow ? new float[from.length] : from.clone();
            int stride = sameRow ? 0 : columns;

            kernels.tile(vectors, a, 0, inputs, b, 0, columns, inputs, sameRow ? from : c, 0, stride, c, 0, columns);

            for (int i = 0; i < c.length; i++) {
                double exact = from[i / columns * stride + i % columns];
                for (int k = 0; k < inputs; k++) {
                    exact += (double) a[i / columns * inputs + k] * b[k * columns + i % columns];
                }
                assertThat((double) c[i]).isCloseTo(exact, within(2e-5));
            }
        }
    }

    private static float[] random(long seed, int size) {
        Random random = new Random(seed);
        float[] floats = new float[size];
        for (int i = 0; i < size; i++) {
            floats[i] = random.nextFloat() - 0.5f;
        }
        return floats;
    }

    @Property(tries = 200)
    void softmax_is_a_distribution_of_powers(
            @ForAll @IntRange(min = 1, max = 70) int n,
            @ForAll @IntRange(min = 0, max = 3) int magnitude,
            @ForAll long seed) {
        for (EncoderKernels kernels : BOTH) {
            Random random = new Random(seed);
            float[] s = new float[5 + kernels.ceil(n)];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                s[5 + i] = (float) (random.nextGaussian() * Math.pow(10, magnitude));
            }
            double[] expected = new double[n];
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                max = Math.max(max, s[5 + i]);
            }
            for (int i = 0; i < n; i++) {
                expected[i] = Math.exp((s[5 + i] - max) * 0.25);
                sum += expected[i];
            }
            kernels.softmax(s, 5, n, 0.25f);
            for (int i = 0; i < n; i++) {
                assertThat((double) s[5 + i]).isCloseTo(expected[i] / sum, within(2e-6));
            }
        }
    }

    @Property(tries = 200)
    void normalisation_is_what_it_is_defined_as_and_touches_nothing_else(
            @ForAll @IntRange(min = 1, max = 70) int n, @ForAll long seed) {
        for (EncoderKernels kernels : BOTH) {
            Random random = new Random(seed);
            float[] x = floats(random, n + 20);
            float[] y = floats(random, n + 20);
            float[] gain = floats(random, kernels.ceil(n));
            float[] bias = floats(random, kernels.ceil(n));
            float[] before = x.clone();
            kernels.addAndNormalize(x, 3, y, 4, n, gain, bias, 1e-5);
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += (before[3 + i] + y[4 + i]) / (double) n;
            }
            double variance = 0;
            for (int i = 0; i < n; i++) {
                variance += Math.pow(before[3 + i] + y[4 + i] - mean, 2) / n;
            }
            for (int i = 0; i < n; i++) {
                double expected = (before[3 + i] + y[4 + i] - mean) / Math.sqrt(variance + 1e-5) * gain[i] + bias[i];
                assertThat((double) x[3 + i]).isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
            }
            assertThat(x[2]).isEqualTo(before[2]);
            assertThat(x[3 + n]).isEqualTo(before[3 + n]);
        }
    }

    @Test
    void distances_fall_into_the_buckets_of_t5() {
        int[] distances = {0, -1, -7, -8, -11, -12, -16, -127, -1000, 1, 7, 8, 1000};
        int[] buckets = {0, 1, 7, 8, 8, 9, 10, 15, 15, 17, 23, 24, 31};
        for (int i = 0; i < distances.length; i++) {
            assertThat(DistanceBias.bucket(distances[i], 32))
                    .as("distance %d", distances[i])
                    .isEqualTo(buckets[i]);
        }
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
