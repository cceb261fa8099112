package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.StateDict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Packed weights are a cache: whatever becomes of the files, the result is that of the archive. */
class WeightCacheTest {

    @TempDir
    Path folder;

    private static final EncoderKernels KERNELS = ScalarEncoderKernels.INSTANCE;

    private float[] encode(WeightCache cache) throws IOException {
        EncoderGolden golden = EncoderGolden.named("bert");
        return EncoderGoldenTest.encode(
                TransformerEncoder.load(golden.settings(), golden.state(), cache, KERNELS), golden.windows());
    }

    private Path onlyFile() throws IOException {
        List<Path> all = files(folder);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    /** All but what is remembered of digests. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.endsWith("digests")).toList();
        }
    }

    @Test
    void the_second_load_takes_the_file_of_the_first() throws IOException {
        WeightCache cache = new WeightCache(folder);
        float[] first = encode(cache);
        Path file = onlyFile();
        FileTime written = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(file, written);
        assertThat(encode(cache)).isEqualTo(first).isEqualTo(encode(WeightCache.none()));
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
        assertThat(file.getFileName().toString())
                .isEqualTo(EncoderGolden.named("bert").state().digest() + "-8.weights");
    }

    @Test
    void a_damaged_shortened_or_foreign_file_is_written_anew() throws IOException {
        WeightCache cache = new WeightCache(folder);
        float[] expected = encode(cache);
        Path file = onlyFile();
        byte[] sound = Files.readAllBytes(file);
        for (int at : new int[] {0, 40, 4090, 5000, sound.length - 70}) {
            byte[] damaged = sound.clone();
            damaged[at] ^= 4;
            Files.write(file, damaged);
            assertThat(encode(cache)).as("byte %d", at).isEqualTo(expected);
            assertThat(onlyFile()).hasBinaryContent(sound);
        }
        Files.write(file, Arrays.copyOf(sound, sound.length / 2));
        assertThat(encode(cache)).isEqualTo(expected);
        Files.write(file, new byte[0]);
        assertThat(encode(cache)).isEqualTo(expected);
        assertThat(onlyFile()).hasBinaryContent(sound);
    }

    @Test
    void kernels_of_other_widths_have_files_of_their_own() throws IOException {
        EncoderGolden golden = EncoderGolden.named("bert");
        WeightCache cache = new WeightCache(folder);
        TransformerEncoder.load(golden.settings(), golden.state(), cache, KERNELS);
        TransformerEncoder.load(golden.settings(), golden.state(), cache, VectorEncoderKernels.INSTANCE);
        assertThat(files(folder)).hasSize(VectorEncoderKernels.INSTANCE.lanes() == KERNELS.lanes() ? 1 : 2);
    }

    @Test
    void a_damaged_archive_leaves_no_file_behind() throws IOException {
        EncoderGolden golden = EncoderGolden.named("bert");
        byte[] archive = Files.readAllBytes(EncoderGolden.archive("bert"));
        archive[archive.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.pt"), archive);
        assertThatThrownBy(() -> TransformerEncoder.load(
                        golden.settings(), StateDict.open(damaged), new WeightCache(folder.resolve("cache")), KERNELS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("damaged");
        assertThat(files(folder.resolve("cache"))).isEmpty();
    }

    @Test
    void a_folder_that_cannot_be_written_is_named() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> encode(new WeightCache(file)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot be packed");
    }
}
