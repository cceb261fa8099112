package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.spacy.TestModels;
import io.trustpipeline.spacy.transformer.state.HostileArchives;
import io.trustpipeline.spacy.transformer.state.HostileArchives.Pickle;
import io.trustpipeline.spacy.transformer.state.ModelFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;

import static org.assertj.core.api.Assertions.assertThat;

/** Transformers that were made to do harm, given to the program as its users give them. */
class HostileModelTest {

    @TempDir
    Path folder;

    private Path model;
    private byte[] sound;

    @BeforeEach
    void unpack() throws IOException {
        Path archive = SmallData.PROJECT.resolve("src/test/resources/spacy/transformer/roberta-48.tar.gz");
        model = TestModels.unpack(archive, folder.resolve("models")).resolve("transformer/model");
        sound = Files.readAllBytes(model);
    }

    @Test
    void a_pickle_that_would_run_a_program_is_refused_and_runs_nothing() throws IOException {
        Path trace = folder.resolve("trace");
        byte[] pickle = new Pickle()
                .raw("cos\nsystem\n")
                .text("touch " + trace)
                .raw("\u0085R.")
                .bytes();
        write(ModelFile.of(ModelFile.config(), HostileArchives.archive(pickle).array()));

        assertThat(refusal()).endsWith("its pickle asks for os.system, which is no tensor");
        assertThat(trace).doesNotExist();
    }

    @Test
    void a_bomb_is_refused_unread() throws IOException {
        byte[] bomb = HostileArchives.zip(Map.of("a/data.pkl", new byte[100 << 20]), ZipEntry.DEFLATED)
                .array();
        write(ModelFile.of(ModelFile.config(), bomb));
        assertThat(refusal()).contains("'a/data.pkl' is compressed");
    }

    @Test
    void a_size_that_lies_is_refused() throws IOException {
        byte[] lying = sound.clone();
        byte[] key = "intermediate_size".getBytes(StandardCharsets.US_ASCII);
        int at = indexOf(lying, key) + key.length;
        assertThat(lying[at]).isEqualTo((byte) 60);
        lying[at] = 127;
        write(lying);
        assertThat(refusal()).contains("has shape [60, 36], its configuration says [127, 36]");
    }

    @Test
    void a_flipped_bit_and_a_file_cut_short_are_refused() throws IOException {
        byte[] flipped = sound.clone();
        flipped[flipped.length / 2] ^= 16;
        write(flipped);
        assertThat(refusal()).contains("is damaged");
        write(Arrays.copyOf(sound, sound.length * 2 / 3));
        assertThat(refusal()).contains("transformer/model");
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(model, bytes);
    }

    /** The one line that {@code score} says, whose exit code is that of refused data; {@code models check} says the same. */
    private String refusal() throws IOException {
        Path comments = Files.writeString(folder.resolve("in.csv"), "comment_unique_key,cleaned_comment\n1,Kind\n");
        String models = folder.resolve("models").toString();
        String home = folder.resolve("home").toString();
        Path spans = folder.resolve("out.csv");
        Invocation score = Invocation.of(
                "score", "--models", models, "--in", comments.toString(), "--out", spans.toString(), "--home", home);
        assertThat(score.status()).isEqualTo(ExitCode.DATA_REFUSED.status());
        assertThat(score.err()).hasLineCount(1).contains("theme \"roberta-48\"").contains(model.toString());
        assertThat(spans).doesNotExist();
        Invocation check = Invocation.of("models", "check", models, "--home", home);
        assertThat(check.status()).isEqualTo(ExitCode.DATA_REFUSED.status());
        String line = score.err().strip().replace("trust-pipeline: ", "");
        assertThat(check.out()).contains(line);
        return line;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
    }
}
