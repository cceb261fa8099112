package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.Categories;
import io.trustpipeline.spacy.Output;
import io.trustpipeline.spacy.SpanGroups;
import io.trustpipeline.spacy.TestModels;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Damages a file of a whole model directory at random: the model loads and scores a text, or is refused in one line as data
 * that are wrong. In the memory that tests have, whatever sizes the damage claims.
 */
class PipelineFuzzTest {

    private static final Path RESOURCES = Path.of(System.getProperty("project.dir", "."), "src/test/resources/spacy");

    @TempDir
    Path folder;

    private final Map<Path, byte[]> files = new LinkedHashMap<>();
    private Path spans = Path.of("");
    private Path categories = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        spans = TestModels.unpack(RESOURCES.resolve("transformer/roberta-own.tar.gz"), folder.resolve("a"));
        categories = TestModels.unpack(RESOURCES.resolve("textcat/ensemble-transformer.tar.gz"), folder.resolve("b"));
        for (Path model : List.of(spans, categories)) {
            try (Stream<Path> walk = Files.walk(model)) {
                for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
                    files.put(file, Files.readAllBytes(file));
                }
            }
        }
    }

    @Test
    void a_damaged_model_scores_or_is_refused_and_nothing_worse() throws IOException {
        fuzz(Duration.ofSeconds(5), 3, 10);
    }

    @Test
    @Tag("slow")
    void a_damaged_model_scores_or_is_refused_for_a_minute() throws IOException {
        fuzz(Duration.ofSeconds(60), System.nanoTime(), 200);
    }

    private void fuzz(Duration duration, long seed, int atLeast) throws IOException {
        assertThat(loads(spans, Output.SPANS, seed)).isTrue();
        assertThat(loads(categories, Output.CATEGORIES, seed)).isTrue();
        Random random = new Random(seed);
        List<Path> paths = List.copyOf(files.keySet());
        long end = System.nanoTime() + duration.toNanos();
        int refused = 0;
        while (System.nanoTime() < end) {
            Path file = paths.get(random.nextInt(paths.size()));
            byte[] sound = files.getOrDefault(file, new byte[0]);
            Files.write(file, damaged(sound, random));
            boolean loaded = file.startsWith(spans)
                    ? loads(spans, Output.SPANS, seed)
                    : loads(categories, Output.CATEGORIES, seed);
            refused += loaded ? 0 : 1;
            Files.write(file, sound);
        }
        assertThat(refused).isGreaterThan(atLeast);
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int change = random.nextInt(4); change >= 0 && bytes.length > 0; change--) {
            // What says how large things are stands at the ends.
            int reach = Math.min(bytes.length, 6000);
            int at =
                    switch (random.nextInt(3)) {
                        case 0 -> random.nextInt(reach);
                        case 1 -> bytes.length - 1 - random.nextInt(reach);
                        default -> random.nextInt(bytes.length);
                    };
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt(256);
        }
        return random.nextInt(6) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length + 1)) : bytes;
    }

    private boolean loads(Path model, Output output, long seed) {
        return output == Output.SPANS
                ? loads(model, SpanGroups.class, output, seed)
                : loads(model, Categories.class, output, seed);
    }

    private <O> boolean loads(Path model, Class<O> type, Output output, long seed) {
        try (PipelineModel<O> loaded =
                new PipelineModel<>(model, folder.resolve("weights"), type, Map.of("output", output.optionName()))) {
            return loaded.digest().length() == 64;
        } catch (PipelineException refused) {
            assertThat(refused.exitCode()).as("seed %d: %s", seed, refused).isEqualTo(ExitCode.DATA_REFUSED);
            assertThat(refused.getMessage()).as("seed %d", seed).hasLineCount(1);
            return false;
        }
    }
}
