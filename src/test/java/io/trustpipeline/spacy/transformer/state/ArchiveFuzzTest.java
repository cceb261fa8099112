package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Damages whole model files at random: they load, or are refused in one line that names the file. */
class ArchiveFuzzTest {

    private static final Path ARCHIVE = Path.of("src/test/resources/spacy/encoders/bert-silu.pt");
    private static final String SOURCE = "transformer/model";

    @Test
    void a_damaged_file_loads_or_is_refused_and_nothing_worse() throws IOException {
        fuzz(Duration.ofSeconds(4), 1);
    }

    @Test
    @Tag("slow")
    void a_damaged_file_loads_or_is_refused_for_a_minute() throws IOException {
        fuzz(Duration.ofSeconds(60), System.nanoTime());
    }

    private static void fuzz(Duration duration, long seed) throws IOException {
        byte[] archive = Files.readAllBytes(ARCHIVE);
        byte[] model = ModelFile.of(ModelFile.config(), archive);
        assertThat(load(model, seed)).isTrue();
        Random random = new Random(seed);
        long end = System.nanoTime() + duration.toNanos();
        int loaded = 0;
        int refused = 0;
        // The number of tries depends on the machine, what each try does only on the seed.
        while (System.nanoTime() < end) {
            if (load(damaged(model, random), seed)) {
                loaded++;
            } else {
                refused++;
            }
        }
        assertThat(refused).as("refused, while %d loaded", loaded).isGreaterThan(1000);
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        for (int change = random.nextInt(5); change >= 0; change--) {
            // The structure stands at both ends, the numbers between them.
            int at =
                    switch (random.nextInt(3)) {
                        case 0 -> random.nextInt(4000);
                        case 1 -> bytes.length - 1 - random.nextInt(4000);
                        default -> random.nextInt(bytes.length);
                    };
            bytes[at] = random.nextBoolean() ? (byte) (bytes[at] ^ 1 << random.nextInt(8)) : (byte) random.nextInt(256);
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** Whether a file loads, down to its tensors' numbers. */
    private static boolean load(byte[] bytes, long seed) {
        try {
            TransformerFile file = TransformerFile.read(ShimFile.parse(FileSlice.of(ByteBuffer.wrap(bytes)), SOURCE));
            StateDict state = file.state();
            float[] row = new float[16];
            state.tensor("embeddings.LayerNorm.weight", 16).read(0, 16, row, 0);
            state.tensor("embeddings.word_embeddings.weight", 53, 16).read(52 * 16, 16, row, 0);
            state.tensor("encoder.layer.1.output.dense.weight", 16, 16).read(0, 16, row, 0);
            return true;
        } catch (ModelException refused) {
            assertThat(refused.getMessage())
                    .as("seed %d", seed)
                    .startsWith(SOURCE)
                    .doesNotContain("\n");
            return false;
        }
    }
}
