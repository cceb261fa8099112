package io.trustpipeline.spacy;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.LayerNorm;
import io.trustpipeline.spacy.nn.Maxout;
import io.trustpipeline.spacy.nn.MaxoutParameters;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Prints how fast the engine is on this machine, with one thread and once it is warm: the matrix kernel, then each model
 * named on the command line over the texts of its golden file.
 *
 * <pre>
 *   ./mvnw -q test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath
 *   java --add-modules=jdk.incubator.vector -cp target/test-classes:target/classes:$(cat target/classpath) \
 *       io.trustpipeline.spacy.EngineSpeed communication competence
 * </pre>
 */
public final class EngineSpeed {

    private static final int PASSES = 15;

    private EngineSpeed() {}

    public static void main(String[] models) throws Exception {
        System.out.printf(
                "Java %s, %s%n", Runtime.version(), Kernels.preferred().name());
        System.out.printf("kernel: %.0f GFLOP/s%n", kernel());
        for (String model : models) {
            measure(TestModels.named(model));
        }
    }

    /** A convolution of width 96 over 252 tokens, as in spaCy's usual tok2vec. */
    private static double kernel() {
        int width = 96;
        int rows = 252;
        int inputs = 3 * width;
        int pieces = 3;
        MaxoutParameters layer = new MaxoutParameters(
                new float[width * pieces * inputs], new float[width * pieces], width, pieces, inputs);
        Maxout maxout =
                new Maxout(Kernels.preferred(), layer, new LayerNorm(new float[width], new float[width]), pieces);
        float[] x = new float[(rows + 2) * width];
        int[] offsets = new int[rows];
        Arrays.setAll(offsets, row -> row * width);
        float[] hidden = new float[rows * maxout.hiddenStride()];
        float[] scratch = new float[maxout.scratchSize()];
        double best = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            long start = System.nanoTime();
            for (int i = 0; i < 200; i++) {
                maxout.maxout(x, offsets, rows, scratch, hidden);
            }
            double operations = 2.0 * 200 * rows * inputs * width * pieces;
            best = Math.max(best, operations / (System.nanoTime() - start));
        }
        return best;
    }

    private static void measure(TestModels.Fixture fixture) throws Exception {
        Path temporary = Files.createTempDirectory("speed");
        LanguageSession session = Language.load(fixture.directory(temporary), Language.Options.DEFAULT)
                .newSession();
        List<String> texts = new ArrayList<>();
        for (JsonNode line : Golden.lines(fixture.spans())) {
            texts.add(line.get("text").asText());
        }
        List<Doc> docs = texts.stream().map(session::tokenize).toList();
        int tokens = docs.stream().mapToInt(Doc::length).sum();
        double[] network = new double[PASSES];
        double[] everything = new double[PASSES];
        for (int pass = 0; pass < PASSES; pass++) {
            long start = System.nanoTime();
            docs.forEach(session::annotate);
            long middle = System.nanoTime();
            texts.forEach(session::annotate);
            network[pass] = tokens * 1e9 / (middle - start);
            everything[pass] = tokens * 1e9 / (System.nanoTime() - middle);
        }
        System.out.printf(
                "%-14s %d texts, %d tokens: %.0f tokens/s, without tokenizer %.0f (median of the last passes; best %.0f)%n",
                fixture.name(),
                texts.size(),
                tokens,
                median(everything),
                median(network),
                Arrays.stream(network).max().orElse(0));
    }

    private static double median(double[] perPass) {
        double[] warm = Arrays.copyOfRange(perPass, PASSES / 3, PASSES);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }
}
