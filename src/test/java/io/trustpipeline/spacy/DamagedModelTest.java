package io.trustpipeline.spacy;

import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Steps;
import io.trustpipeline.spacy.nn.ThincModel;
import io.trustpipeline.spacy.spancat.NgramSuggester;
import io.trustpipeline.spacy.spancat.SpanNetworkReader;
import io.trustpipeline.spacy.tok2vec.Tok2VecReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** Model files come from outside: whatever is in them, they load or are refused with a {@link ModelException}. */
class DamagedModelTest {

    @TempDir
    Path temporary;

    @Test
    void a_damaged_model_file_is_refused_or_loads_but_nothing_worse() throws IOException {
        Path directory = TestModels.named("x-deep").directory(temporary);
        byte[] sound = Files.readAllBytes(directory.resolve("spancat").resolve("model"));
        assertThat(refusal(sound)).isEqualTo("loads");
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            if (!refusal(damaged(sound, random)).equals("loads")) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    private static byte[] damaged(byte[] sound, Random random) {
        byte[] bytes = sound.clone();
        // The structure stands at the beginning, the numbers make up the rest.
        int reach = random.nextInt(3) == 0 ? bytes.length : 12_000;
        for (int change = random.nextInt(4); change >= 0; change--) {
            bytes[random.nextInt(reach)] = (byte) random.nextInt(256);
        }
        return random.nextInt(10) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private String refusal(byte[] bytes) throws IOException {
        Path file = temporary.resolve("model");
        Files.write(file, bytes);
        Kernels kernels = Kernels.scalar();
        try {
            Steps network = ThincModel.read(file);
            SpanCategorizerSettings settings =
                    new SpanCategorizerSettings("sc", List.of("POS", "NEG"), 0.5f, null, true, false);
            new SpanNetworkReader(
                            kernels,
                            new Tok2VecReader(
                                    file.toString(), kernels, null, new PipelineTransformers(kernels).of(null)),
                            null)
                    .spanCategorizer(network, settings, new NgramSuggester(List.of(1, 2, 3)), 1, false);
            return "loads";
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).contains(file.toString()).doesNotContain("\n");
            return refused.getMessage();
        }
    }
}
