package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.HostileArchives.Pickle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;

import static io.trustpipeline.spacy.transformer.state.HostileArchives.archive;
import static io.trustpipeline.spacy.transformer.state.HostileArchives.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Archives that PyTorch would not write are refused in one line, before anything is allocated on their word. */
class StateDictTest {

    private static final String SOURCE = "transformer/model";

    @Test
    void a_tensor_is_read_where_its_offset_and_strides_say() throws IOException {
        StateDict plain = StateDict.read(archive(tensor("FloatStorage", 0, ints(2, 2), ints(2, 1))), SOURCE);
        assertThat(floats(plain.tensor("w", 2, 2))).containsExactly(1, 2, 3, 4);
        StateDict transposed = StateDict.read(archive(tensor("FloatStorage", 0, ints(2, 2), ints(1, 2))), SOURCE);
        assertThat(floats(transposed.tensor("w", 2, 2))).containsExactly(1, 3, 2, 4);
        StateDict last = StateDict.read(archive(tensor("FloatStorage", 2, ints(2), ints(1))), SOURCE);
        assertThat(floats(last.tensor("w", 2))).containsExactly(3, 4);
        StateDict none = StateDict.read(archive(tensor("FloatStorage", 4, ints(0), ints(1))), SOURCE);
        assertThat(floats(none.tensor("w", 0))).isEmpty();
    }

    private static float[] floats(Tensor tensor) {
        float[] floats = new float[tensor.size()];
        tensor.read(0, floats.length, floats, 0);
        return floats;
    }

    private static int[] ints(int... values) {
        return values;
    }

    @ParameterizedTest
    @CsvSource({
        "5,1,0",
        "2000000000,1,0",
        "-1,1,0",
        "4,1,1",
        "1,1,4",
        "1,1,-1",
        "4,2,0",
        "2,2000000000,0",
        "2,-1,0",
        "5,0,0",
    })
    void a_tensor_whose_size_lies_is_refused(int size, int stride, int offset) throws IOException {
        StateDict state = StateDict.read(archive(tensor("FloatStorage", offset, ints(size), ints(stride))), SOURCE);
        ModelException refused = catchThrowableOfType(ModelException.class, () -> state.tensor("w", size));
        assertThat(refused.kind()).isEqualTo(ModelException.Kind.CORRUPT);
        assertThat(refused).hasMessageContaining("transformer/model: w").hasMessageContaining("4 elements");
    }

    @Test
    void sizes_that_overflow_when_multiplied_are_refused() throws IOException {
        int[] many = new int[64];
        java.util.Arrays.fill(many, 4);
        StateDict state = StateDict.read(archive(tensor("FloatStorage", 0, many, new int[64])), SOURCE);
        assertThat(catchThrowableOfType(ModelException.class, () -> state.tensor("w", many)))
                .hasMessageContaining("does not fit");
    }

    @Test
    void a_tensor_that_is_missing_or_of_another_shape_is_named() throws IOException {
        StateDict state = StateDict.read(archive(tensor("FloatStorage", 0, ints(4), ints(1))), SOURCE);
        assertThat(state.has("w")).isTrue();
        assertThat(state.has("v")).isFalse();
        assertThat(catchThrowableOfType(ModelException.class, () -> state.tensor("v", 4)))
                .hasMessage("transformer/model: tensor 'v' is missing");
        assertThat(catchThrowableOfType(ModelException.class, () -> state.tensor("w", 2, 2)))
                .hasMessage("transformer/model: tensor 'w' has shape [4], its configuration says [2, 2]");
    }

    @Test
    void a_pickle_that_calls_a_program_is_refused_with_the_name_of_what_it_calls() throws IOException {
        assertThat(refusal(new Pickle().raw("cos\nsystem\n").text("id").raw("\u0085R.")))
                .isEqualTo("transformer/model: its pickle asks for os.system, which is no tensor");
        assertThat(refusal(new Pickle().raw("cbuiltins\neval\n."))).contains("builtins.eval");
        assertThat(refusal(new Pickle().raw("ctorch\nload\n."))).contains("torch.load");
        assertThat(refusal(new Pickle().raw("ctorch\nFloatStorage\n)R."))).contains("calls something");
        // STACK_GLOBAL, INST, OBJ, NEWOBJ, EXT1, PERSID, DUP, UNICODE, GET
        for (String opcode : "\u0093,i,o,\u0081,\u0082,P,2,V,g".split(",")) {
            assertThat(refusal(new Pickle().raw(opcode + "os\nsystem\n.")))
                    .contains("instruction 0x" + Integer.toHexString(opcode.charAt(0)));
        }
    }

    @Test
    void pickles_of_nothing_or_of_nonsense_are_refused() throws IOException {
        assertThat(refusal(new Pickle().raw("."))).contains("ends too early");
        assertThat(refusal(new Pickle())).contains("ends too early");
        assertThat(refusal(new Pickle().raw("K\u0001."))).contains("is not a dictionary");
        assertThat(refusal(new Pickle().raw("h\u0007."))).contains("ends too early");
        assertThat(refusal(new Pickle().raw("t."))).contains("ends too early");
        assertThat(refusal(new Pickle().raw("X\u00ff\u00ff\u00ff\u007f."))).contains("text of 2147483647 bytes");
        assertThat(refusal(new Pickle().raw("\u008a\u00ff"))).contains("number of 255 bytes");
        assertThat(refusal(new Pickle().raw("K\u0001K\u0002b."))).contains("no dictionary");
    }

    @Test
    void deep_nesting_needs_no_stack() throws IOException {
        assertThat(refusal(new Pickle().raw(")" + "\u0085".repeat(1_000_000) + ".")))
                .contains("is not a dictionary");
    }

    @Test
    void a_dictionary_that_contains_itself_is_harmless() throws IOException {
        byte[] pickle = new Pickle().raw("}q\u0001").text("me").raw("h\u0001s.").bytes();
        assertThat(StateDict.read(archive(pickle), SOURCE).has("me")).isFalse();
    }

    private static String refusal(Pickle pickle) throws IOException {
        ByteBuffer archive = archive(pickle.bytes());
        ModelException refused = catchThrowableOfType(ModelException.class, () -> StateDict.read(archive, SOURCE));
        assertThat(refused).hasMessageStartingWith(SOURCE).hasMessageNotContaining("\n");
        return refused.getMessage();
    }

    @Test
    void a_compressed_entry_is_refused_unread() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("a/data.pkl", new byte[50 << 20]);
        ByteBuffer bomb = HostileArchives.zip(entries, ZipEntry.DEFLATED);
        assertThat(bomb.remaining()).isLessThan(100_000);
        assertThat(catchThrowableOfType(ModelException.class, () -> StateDict.read(bomb, SOURCE)))
                .hasMessageContaining("archive entry 'a/data.pkl' is compressed");
    }

    @Test
    void an_archive_without_a_pickle_or_a_storage_is_refused() throws IOException {
        ByteBuffer empty = HostileArchives.zip(Map.of("a/b", new byte[1]), ZipEntry.STORED);
        assertThat(catchThrowableOfType(ModelException.class, () -> StateDict.read(empty, SOURCE)))
                .hasMessageContaining("has no data.pkl");
        ByteBuffer lone =
                HostileArchives.zip(Map.of("a/data.pkl", tensor("FloatStorage", 0, ints(4), ints(1))), ZipEntry.STORED);
        StateDict state = StateDict.read(lone, SOURCE);
        assertThat(catchThrowableOfType(ModelException.class, () -> state.tensor("w", 4)))
                .hasMessageContaining("no entry 'a/data/0'");
        assertThat(catchThrowableOfType(
                        ModelException.class, () -> StateDict.read(ByteBuffer.wrap(new byte[10]), SOURCE)))
                .hasMessageContaining("no zip archive");
    }

    @Test
    void a_flipped_bit_in_a_tensor_is_noticed() throws IOException {
        ByteBuffer archive = archive(tensor("FloatStorage", 0, ints(4), ints(1)));
        byte[] bytes = archive.array();
        int at = indexOf(bytes, HostileArchives.floats(1, 2, 3, 4));
        bytes[at + 5] ^= 1;
        StateDict state = StateDict.read(archive, SOURCE);
        assertThat(catchThrowableOfType(ModelException.class, () -> state.tensor("w", 4)))
                .hasMessageContaining("'a/data/0' is damaged");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; ; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x0000,0", "0x8000,-0.0", "0x0001,5.9604645E-8", "0x03ff,6.097555E-5", "0x0400,6.1035156E-5", "0x3c00,1",
        "0xc000,-2", "0x7bff,65504", "0x7c00,Infinity", "0xfc00,-Infinity", "0x7e00,NaN", "0x3555,0.33325195",
    })
    void half_precision_widens_to_the_float_it_is(String bits, Float value) {
        assertThat(ElementType.widenHalf(Integer.decode(bits).shortValue())).isEqualTo(value);
    }
}
