package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NpyTest {
    private static final String TWO_BY_THREE = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

    @TempDir
    Path folder;

    @Test
    void a_matrix_is_read_in_every_version_of_the_format() throws IOException {
        for (int version = 1; version <= 3; version++) {
            FloatArray array = Npy.read(write(npy(version, TWO_BY_THREE, 6)));
            assertThat(array).isEqualTo(new FloatArray(new int[] {2, 3}, new float[] {0, 1, 2, 3, 4, 5}));
        }
    }

    @Test
    void a_table_longer_than_the_buffer_is_read_whole() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (50000,), }";
        float[] data = Npy.read(write(npy(1, header, 50_000))).data();
        assertThat(data).hasSize(50_000);
        assertThat(data[49_999]).isEqualTo(49_999f);
    }

    @Test
    void the_empty_table_of_a_model_without_vectors_is_read() throws IOException {
        assertThat(Npy.read(write(npy(1, TWO_BY_THREE.replace("2, 3", "0, 0"), 0)))
                        .data())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (20000, 20000), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999, 99999), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999, 1), }",
                "{'descr': '<f4', 'fortran_order': False}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }",
                "",
            })
    void a_header_that_does_not_fit_is_refused(String header) throws IOException {
        Path file = write(npy(1, header, 6));
        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void every_shortened_file_is_corrupt() throws IOException {
        byte[] sound = npy(1, TWO_BY_THREE, 6);
        for (int length = 0; length < sound.length; length++) {
            Path file = write(Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> Npy.read(file)).isInstanceOf(ModelException.class);
        }
    }

    @Test
    void a_missing_file_is_named() {
        assertThatThrownBy(() -> Npy.read(folder.resolve("absent")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("absent");
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("vectors"), bytes);
    }

    private static byte[] npy(int version, String header, int elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] dictionary = (header + " ".repeat(70) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(dictionary.length);
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) version, 0});
        out.write(size.array(), 0, version == 1 ? 2 : 4);
        out.writeBytes(dictionary);
        ByteBuffer data = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int element = 0; element < elements; element++) {
            data.putFloat(element);
        }
        out.writeBytes(data.array());
        return out.toByteArray();
    }
}
