package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue.Binary;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Int;
import io.trustpipeline.spacy.config.MsgpackValue.Items;
import io.trustpipeline.spacy.config.MsgpackValue.Nil;
import io.trustpipeline.spacy.config.MsgpackValue.Real;
import io.trustpipeline.spacy.config.MsgpackValue.Text;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MsgpackTest {
    @Test
    void every_type_is_decoded() throws IOException {
        MessageBufferPacker out = MessagePack.newDefaultBufferPacker();
        out.packArrayHeader(9)
                .packNil()
                .packBoolean(true)
                .packInt(-5)
                .packDouble(1.5)
                .packString("é\uD83D\uDE00");
        out.packBinaryHeader(2).writePayload(new byte[] {1, 2});
        out.packBigInteger(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE));
        out.packFloat(0.25f);
        out.packMapHeader(2).packInt(65).packString("ORTH").packString("x").packArrayHeader(0);
        Items items = (Items) Msgpack.decode(out.toByteArray(), "f");
        assertThat(items.values().subList(0, 5))
                .containsExactly(new Nil(), new Bool(true), new Int(-5), new Real(1.5), new Text("é\uD83D\uDE00"));
        assertThat(((Binary) items.get(5)).bytes()).containsExactly(1, 2);
        assertThat(items.values().subList(6, 8)).containsExactly(new Int(-1), new Real(0.25));
        assertThat(items.fields(8).text("65")).isEqualTo("ORTH");
        assertThat(items.fields(8).items("x").size()).isZero();
    }

    @Test
    void a_numpy_array_is_an_array() throws IOException {
        byte[] data = ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .putFloat(-2)
                .putFloat(3)
                .putFloat(4.5f)
                .putFloat(0)
                .putFloat(1e-9f)
                .array();
        FloatArray array = (FloatArray) Msgpack.decode(numpy("<f4", data, 2, 3), "f");
        assertThat(array).isEqualTo(new FloatArray(new int[] {2, 3}, new float[] {1, -2, 3, 4.5f, 0, 1e-9f}));
        assertThat(Msgpack.decode(numpy("<i8", data, 3), "f")).isEqualTo(new NdArray("<i8", new int[] {3}, data));
    }

    @Test
    void a_numpy_array_whose_data_do_not_fit_its_shape_is_corrupt() throws IOException {
        for (int[] shape : List.of(new int[] {3}, new int[] {65536, 65536, 65536, 65536}, new int[] {-2, -1})) {
            byte[] bytes = numpy("<f4", new byte[8], shape);
            assertThatThrownBy(() -> Msgpack.decode(bytes, "spancat/model"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith("spancat/model: ");
        }
    }

    private static byte[] numpy(String type, byte[] data, int... shape) throws IOException {
        MessageBufferPacker out = MessagePack.newDefaultBufferPacker();
        out.packMapHeader(5);
        key(out, "nd").packBoolean(true);
        key(out, "type").packString(type);
        key(out, "kind").packBinaryHeader(0);
        key(out, "shape").packArrayHeader(shape.length);
        for (int extent : shape) {
            out.packInt(extent);
        }
        key(out, "data").packBinaryHeader(data.length).writePayload(data);
        return out.toByteArray();
    }

    private static MessageBufferPacker key(MessageBufferPacker out, String name) throws IOException {
        byte[] bytes = name.getBytes();
        out.packBinaryHeader(bytes.length).writePayload(bytes);
        return out;
    }

    /** An array, a map, a text and bytes that say they have 4 billion elements, and the like in other widths. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddffffffff",
                "dfffffffff",
                "dbffffffff",
                "c6ffffffff",
                "dd7fffffff",
                "df7fffffff",
                "db7fffffff",
                "c67fffffff",
                "dcffff",
                "deffff",
                "daffff",
                "c5ffff",
                "d9ff",
                "c4ff",
                "9f",
                "8f",
                "bf",
                "92c0",
                "81c0",
                "",
                "c1",
                "c7ff01",
                "c0c0",
                "81c0c0",
                "a1ff"
            })
    void a_size_that_lies_is_corrupt(String hexadecimal) {
        byte[] bytes = HexFormat.of().parseHex(hexadecimal);
        assertThatThrownBy(() -> Msgpack.decode(bytes, "model/tokenizer"))
                .isInstanceOfSatisfying(ModelException.class, corrupt -> assertThat(corrupt.kind())
                        .isEqualTo(ModelException.Kind.CORRUPT))
                .hasMessageStartingWith("model/tokenizer: ");
    }

    @Test
    void nesting_without_end_is_corrupt_and_does_not_overflow_the_stack() {
        byte[] deep = new byte[5_000_000];
        Arrays.fill(deep, (byte) 0x91);
        assertThatThrownBy(() -> Msgpack.decode(deep, "f")).hasMessageContaining("levels");
        deep[deep.length - 1] = (byte) 0xc0;
        MsgpackReader in = MsgpackReader.of(deep, "f");
        in.skip();
        assertThat(in.atEnd()).isTrue();
    }

    @Test
    void a_getter_names_file_key_and_type() {
        Fields fields = (Fields) Msgpack.decode(new byte[] {(byte) 0x81, (byte) 0xa1, 'n', 5}, "spancat/model");
        assertThat(fields.integer("n")).isEqualTo(5);
        assertThatThrownBy(() -> fields.text("n")).hasMessage("spancat/model: 'n' should be Text, not Int");
        assertThatThrownBy(() -> fields.floats("W")).hasMessage("spancat/model: 'W' is missing");
    }

    @Property(tries = 2000)
    void any_bytes_decode_or_are_refused(@ForAll @Size(max = 60) byte[] bytes) {
        decodeOrRefuse(bytes);
        try {
            MsgpackReader.of(bytes, "f").skip();
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).startsWith("f: ");
        }
    }

    @Test
    void any_damage_to_sound_bytes_decodes_or_is_refused() throws IOException {
        MessageBufferPacker out = MessagePack.newDefaultBufferPacker();
        out.packArrayHeader(3).packString("abc").packLong(1L << 40);
        out.writePayload(numpy("<f4", new byte[24], 2, 3));
        byte[] sound = out.toByteArray();
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = sound.clone();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            decodeOrRefuse(round % 3 == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        }
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            assertThat(Msgpack.decode(bytes, "f")).isNotNull();
        } catch (ModelException refused) {
            assertThat(refused.getMessage()).startsWith("f: ").doesNotContain("\n");
        }
    }
}
