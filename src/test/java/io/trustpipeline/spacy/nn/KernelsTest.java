package io.trustpipeline.spacy.nn;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The two kernels against each other and against the definition, written out in doubles. */
class KernelsTest {

    private static final Kernels[] BOTH = {Kernels.scalar(), VectorKernels.INSTANCE};
    private static final Offset<Float> CLOSE = within(2e-4f);

    @Property(tries = 300)
    void maxout_and_layer_normalisation_are_what_they_are_defined_as(
            @ForAll @IntRange(min = 1, max = 70) int outputs,
            @ForAll @IntRange(min = 1, max = 7) int pieces,
            @ForAll @IntRange(min = 1, max = 4) int segments,
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll long seed) {
        Random random = new Random(seed);
        int inputs = segments * width;
        MaxoutParameters layer = new MaxoutParameters(
                floats(random, outputs * pieces * inputs), floats(random, outputs * pieces), outputs, pieces, inputs);
        LayerNorm norm = new LayerNorm(floats(random, outputs), floats(random, outputs));
        float[][] tokens = new float[rows + segments - 1][];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = floats(random, width);
        }
        for (Kernels kernels : BOTH) {
            int stride = PackedWeights.stride(kernels, width);
            float[] x = new float[tokens.length * stride];
            int[] offsets = new int[Tiles.ceil(rows)];
            for (int i = 0; i < tokens.length; i++) {
                System.arraycopy(tokens[i], 0, x, i * stride, width);
                // What lies between two rows must not count.
                Arrays.fill(x, i * stride + width, (i + 1) * stride, 1e9f);
            }
            for (int row = 0; row < rows; row++) {
                offsets[row] = row * stride;
            }
            Maxout maxout = new Maxout(kernels, layer, norm, segments);
            float[] hidden = new float[Tiles.ceil(rows) * maxout.hiddenStride()];
            maxout.maxout(x, offsets, rows, new float[maxout.scratchSize()], hidden);
            float[] out = new float[outputs];
            for (int row = 0; row < rows; row++) {
                double[] expected = reference(layer, tokens, row, segments, width);
                for (int i = 0; i < outputs; i++) {
                    assertThat(hidden[row * maxout.hiddenStride() + i])
                            .as("%s row %d output %d", kernels.name(), row, i)
                            .isCloseTo((float) expected[i], CLOSE);
                }
                if (outputs > 8) {
                    maxout.normalize(hidden, row, out, 0, false);
                    assertClose(out, normalised(expected, norm), outputs);
                }
            }
        }
    }

    private static double[] reference(MaxoutParameters layer, float[][] tokens, int row, int segments, int width) {
        double[] best = new double[layer.outputs()];
        for (int output = 0; output < layer.outputs(); output++) {
            best[output] = Double.NEGATIVE_INFINITY;
            for (int piece = 0; piece < layer.pieces(); piece++) {
                int at = output * layer.pieces() + piece;
                double sum = layer.bias()[at];
                for (int k = 0; k < segments * width; k++) {
                    sum += (double) layer.weights()[at * layer.inputs() + k] * tokens[row + k / width][k % width];
                }
                best[output] = Math.max(best[output], sum);
            }
        }
        return best;
    }

    private static double[] normalised(double[] values, LayerNorm norm) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double variance = Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow();
        double[] result = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (values[i] - mean) / Math.sqrt(variance + 1e-8) * norm.gain()[i] + norm.bias()[i];
        }
        return result;
    }

    @Property(tries = 300)
    void row_operations_agree_at_any_length_and_touch_nothing_else(
            @ForAll @IntRange(min = 1, max = 150) int n,
            @ForAll @IntRange(min = 1, max = 9) int labels,
            @ForAll long seed) {
        float[][] results = new float[BOTH.length][];
        for (int i = 0; i < BOTH.length; i++) {
            Random random = new Random(seed);
            Kernels kernels = BOTH[i];
            float[] a = floats(random, n + 3);
            float[] b = floats(random, n + 3);
            float[] c = floats(random, n + 3);
            float[] w = floats(random, labels * n);
            float[] bias = floats(random, labels);
            float[] out = floats(random, 6 * (n + 2) + 2 * (labels + 2) + 3);
            float[] before = out.clone();
            int at = 1;
            kernels.max(a, 1, b, 2, out, at, n);
            at = next(out, before, at, n);
            kernels.add(a, 2, out, at, n);
            at = next(out, before, at, n);
            kernels.scale(a, 0, 0.37f, out, at, n);
            at = next(out, before, at, n);
            kernels.layerNorm(a, 1, n, b, c, out, at, true);
            at = next(out, before, at, n);
            kernels.affineOfNormal(a, 1, n, w, bias, out, at);
            at = next(out, before, at, labels);
            kernels.affine(a, 1, n, w, bias, out, at);
            next(out, before, at, labels);
            results[i] = out;
        }
        assertClose(results[0], toDoubles(results[1]), results[0].length);
    }

    /** The first call is interpreted, the last one compiled. */
    @Test
    void the_same_row_gives_the_same_bits_however_warm_the_machine_is() {
        Random random = new Random(5);
        int n = 100;
        float[] a = floats(random, n);
        float[] w = floats(random, 7 * n);
        float[] bias = floats(random, 7);
        float[] gain = floats(random, n);
        for (Kernels kernels : BOTH) {
            float[] first = null;
            for (int i = 0; i < 30_000; i++) {
                float[] out = new float[7 + 2 * n];
                kernels.affine(a, 0, n, w, bias, out, 0);
                kernels.layerNorm(a, 0, n, gain, gain, out, 7, false);
                kernels.affineOfNormal(a, 0, n, w, bias, out, 7 + n);
                if (first == null) {
                    first = out;
                } else if (!Arrays.equals(first, out)) {
                    assertThat(out).as("%s, call %d", kernels.name(), i).isEqualTo(first);
                }
            }
        }
    }

    /** Checks the gap after a row and steps over it. */
    private static int next(float[] out, float[] before, int at, int n) {
        assertThat(out[at + n]).isEqualTo(before[at + n]);
        return at + n + 1;
    }

    @Test
    void kernels_run_without_the_vector_module_and_say_so_when_asked_for_it() throws Exception {
        assertThat(nameIn("-D" + Kernels.PROPERTY + "=auto")).isEqualTo("scalar");
        assertThat(nameIn("-D" + Kernels.PROPERTY + "=vector")).contains("--add-modules=jdk.incubator.vector");
        assertThat(nameIn("--add-modules=jdk.incubator.vector", "-D" + Kernels.PROPERTY + "=vector"))
                .startsWith("vector");
        assertThat(nameIn("--add-modules=jdk.incubator.vector", "-D" + Kernels.PROPERTY + "=scalar"))
                .isEqualTo("scalar");
        assertThat(nameIn("-D" + Kernels.PROPERTY + "=gpu")).contains("gpu", "auto, scalar or vector");
    }

    private static String nameIn(String... options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Chosen.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output.strip();
    }

    /** Prints what the switch chooses in a JVM of its own, after using it once. */
    static final class Chosen {

        public static void main(String[] arguments) {
            try {
                Kernels kernels = Kernels.preferred();
                kernels.scale(new float[64], 0, 2, new float[64], 0, 64);
                System.out.println(kernels.name());
            } catch (IllegalStateException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    @Test
    void sizes_that_do_not_fit_are_refused() {
        assertThatThrownBy(() -> new MaxoutParameters(new float[5], new float[2], 2, 1, 3))
                .hasMessageContaining("2 outputs of 1 pieces of 3 inputs");
        assertThatThrownBy(() -> new LayerNorm(new float[2], new float[3])).hasMessageContaining("layernorm");
    }

    private static float[] floats(Random random, int n) {
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static void assertClose(float[] actual, double[] expected, int n) {
        for (int i = 0; i < n; i++) {
            float tolerance = 2e-4f * (1 + (float) Math.abs(expected[i]));
            assertThat(actual[i]).as("element %d", i).isCloseTo((float) expected[i], within(tolerance));
        }
    }
}
