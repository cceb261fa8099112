package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.Msgpack;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransformerFileTest {

    @TempDir
    Path folder;

    private static byte[] archive() throws IOException {
        return HostileArchives.archive(HostileArchives.tensor("FloatStorage", 0, new int[] {4}, new int[] {1}))
                .array();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("model"), bytes);
    }

    @Test
    void the_shim_gives_configuration_tokenizer_and_tensors() throws IOException {
        ShimFile file = ShimFile.open(write(ModelFile.of(ModelFile.config(), archive())));
        TransformerFile transformer = TransformerFile.read(file);
        assertThat(transformer.config().modelType()).isEqualTo("roberta");
        assertThat(transformer.useFast()).isFalse();
        assertThat(transformer.tokenizerFiles()).containsOnlyKeys("vocab.txt");
        ByteBuffer vocabulary = transformer.tokenizerFiles().get("vocab.txt");
        assertThat(StandardCharsets.UTF_8.decode(vocabulary).toString()).isEqualTo("a\nb");
        assertThat(transformer.state().tensor("w", 4).size()).isEqualTo(4);
        assertThat(TransformerFile.readCurated(file).has("w")).isTrue();
        assertThat(transformer.state().digest())
                .isEqualTo(StateDict.read(ByteBuffer.wrap(archive()), "memory").digest());
    }

    @Test
    void the_network_is_the_same_file_without_the_shim() throws IOException {
        byte[] whole = ModelFile.of(ModelFile.config(), archive());
        byte[] network = ShimFile.open(write(whole)).network();
        Fields fields = (Fields) Msgpack.decode(network, "network");
        assertThat(fields.values()).containsOnlyKeys("nodes", "attrs", "params");
        assertThat(fields.items("nodes").fields(1).text("name")).isEqualTo("hf-pytorch");
        assertThat(network).hasSizeLessThan(100);
    }

    @Test
    void a_file_without_a_shim_says_so_when_one_is_wanted() throws IOException {
        try (MessageBufferPacker out = MessagePack.newDefaultBufferPacker()) {
            out.packMapHeader(1).packString("shims").packArrayHeader(1).packArrayHeader(0);
            ShimFile file = ShimFile.open(write(out.toByteArray()));
            assertThat(file.hasShim()).isFalse();
            assertThatThrownBy(file::shim).isInstanceOf(ModelException.class).hasMessageContaining("no layer wraps");
        }
    }

    @Test
    void a_model_that_was_never_initialised_is_refused() throws IOException {
        ShimFile file = ShimFile.open(write(ModelFile.of(new byte[] {(byte) 0x80}, archive())));
        assertThatThrownBy(() -> TransformerFile.read(file))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("never initialised");
    }

    @Test
    void a_folder_of_the_first_release_is_read_too() throws IOException {
        Files.writeString(
                folder.resolve("config.json"), "{\"model_type\": \"bert\", \"hidden_size\": 4, \"a\": [1.5, null]}");
        Files.write(folder.resolve("pytorch_model.bin"), archive());
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
        TransformerFile transformer = TransformerFile.readFolder(folder, true);
        assertThat(transformer.config().modelType()).isEqualTo("bert");
        assertThat(transformer.config().size("hidden_size")).isEqualTo(4);
        assertThat(transformer.useFast()).isTrue();
        assertThat(transformer.tokenizerFiles()).containsOnlyKeys("tokenizer.json");
        assertThat(transformer.state().has("w")).isTrue();
    }

    @Test
    void what_is_no_model_file_is_refused_by_name() throws IOException {
        assertThatThrownBy(() -> ShimFile.open(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> ShimFile.open(folder.resolve("absent"))).hasMessageContaining("absent");
        assertThatThrownBy(() -> ShimFile.open(write(new byte[0]))).hasMessageContaining("the end of the file");
        assertThatThrownBy(() -> ShimFile.open(write("not msgpack".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(ModelException.class);
    }
}
