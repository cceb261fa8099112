package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.ModelException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VocabTest {
    @TempDir
    Path model;

    @BeforeEach
    void writeConfig() throws IOException {
        language("en");
        Files.createDirectories(model.resolve("vocab"));
    }

    private void language(String language) throws IOException {
        Files.writeString(model.resolve("config.cfg"), "[nlp]\nlang = \"" + language + "\"\n");
    }

    private void write(String file, byte[] bytes) throws IOException {
        Files.write(model.resolve("vocab").resolve(file), bytes);
    }

    private static byte[] norms(String... pairs) throws IOException {
        MessageBufferPacker out = MessagePack.newDefaultBufferPacker();
        out.packMapHeader(3);
        out.packString("lemma_lookup")
                .packMapHeader(1)
                .packInt(1)
                .packArrayHeader(2)
                .packNil()
                .packNil();
        out.packString("lexeme_norm").packMapHeader(pairs.length / 2);
        for (int pair = 0; pair < pairs.length; pair += 2) {
            out.packBigInteger(unsigned(StringStore.id(pairs[pair]))).packString(pairs[pair + 1]);
        }
        out.packString("empty").packMapHeader(0);
        return out.toByteArray();
    }

    private static BigInteger unsigned(long id) {
        return new BigInteger(Long.toUnsignedString(id));
    }

    /** A table of three rows of two, and where "a" (an id above 2^63), "b" and "c" lie in it. */
    private void vectors(int... rows) throws IOException {
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        byte[] header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }\n".getBytes(StandardCharsets.US_ASCII);
        npy.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length, 0});
        npy.writeBytes(header);
        ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        for (int element = 0; element < 6; element++) {
            data.putFloat(element);
        }
        npy.writeBytes(data.array());
        write("vectors", npy.toByteArray());
        MessageBufferPacker keys = MessagePack.newDefaultBufferPacker();
        keys.packMapHeader(rows.length);
        for (int word = 0; word < rows.length; word++) {
            long id = StringStore.id(Character.toString('a' + word));
            keys.packBigInteger(unsigned(id)).packInt(rows[word]);
        }
        write("key2row", keys.toByteArray());
    }

    @Test
    void a_normal_form_comes_from_the_models_table_before_the_common_one_before_lower_case() throws IOException {
        write("lookups.bin", norms("’", "quote", "Colour", "color"));
        Vocab vocab = Vocab.read(model);
        assertThat(vocab.lexeme("’").norm()).isEqualTo("quote");
        assertThat(vocab.lexeme("Colour").norm()).isEqualTo("color");
        assertThat(vocab.lexeme("€").norm()).isEqualTo("$");
        assertThat(vocab.lexeme("Word").norm()).isEqualTo("word");
        assertThat(vocab.lexeme("Word", "other").ids().norm()).isEqualTo(StringStore.id("other"));
    }

    @Test
    void a_word_is_one_object_as_long_as_it_is_cached_and_equal_ever_after() {
        Vocab vocab = Vocab.read(model);
        assertThat(vocab.lexeme("word")).isSameAs(vocab.lexeme("word")).isSameAs(vocab.lexeme("word", "word"));
        assertThat(vocab.lexeme("word")).isEqualTo(Vocab.read(model).lexeme("word"));
        assertThat(vocab.lexeme("word")).isNotEqualTo(vocab.lexeme("word", "other"));
    }

    @Test
    void a_hundred_thousand_words_leave_the_cache_bounded_and_the_first_one_equal() {
        Vocab vocab = Vocab.read(model);
        long id = vocab.lexeme("first").ids().shape();
        for (int word = 0; word < 100_000; word++) {
            vocab.lexeme("word" + word);
        }
        assertThat(vocab.cachedLexemes()).isLessThanOrEqualTo(50_000);
        assertThat(vocab.lexeme("first").ids().shape()).isEqualTo(id);
    }

    @Test
    void a_vector_is_found_by_the_unsigned_id_and_rows_may_be_shared() throws IOException {
        vectors(2, 0, 2);
        Vectors vectors = Vocab.read(model).vectors();
        assertThat(vectors).isNotNull();
        assertThat(vectors.row(StringStore.id("a"))).isEqualTo(2);
        assertThat(vectors.row(StringStore.id("b"))).isEqualTo(0);
        assertThat(vectors.row(StringStore.id("c"))).isEqualTo(2);
        assertThat(vectors.row(StringStore.id("d"))).isEqualTo(Vectors.NO_ROW);
        assertThat(vectors.data()).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(vectors.rows()).isEqualTo(3);
        assertThat(vectors.width()).isEqualTo(2);
    }

    @Test
    void a_row_outside_of_the_table_is_corrupt() throws IOException {
        vectors(0, 3);
        assertThatThrownBy(() -> Vocab.read(model)).hasMessageContaining("key2row: row 3 of a table of 3 rows");
    }

    @Test
    void floret_vectors_are_refused() throws IOException {
        vectors(0);
        write("vectors.cfg", "{\"mode\": \"floret\", \"minn\": 2}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> Vocab.read(model))
                .isInstanceOfSatisfying(ModelException.class, refused -> assertThat(refused.kind())
                        .isEqualTo(ModelException.Kind.UNSUPPORTED))
                .hasMessageContaining("vectors.cfg: vectors of mode 'floret'");
    }

    @Test
    void a_language_whose_normal_forms_are_code_is_refused() throws IOException {
        language("hi");
        assertThatThrownBy(() -> Vocab.read(model))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("config.cfg: language 'hi'");
    }

    @Test
    void damaged_lookups_are_corrupt() throws IOException {
        byte[] sound = norms("a", "b");
        for (int length = 1; length < sound.length; length++) {
            write("lookups.bin", Arrays.copyOf(sound, length));
            assertThatThrownBy(() -> Vocab.read(model)).isInstanceOf(ModelException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "en, IS_STOP, true",
        "en, 10, true",
        "de, LIKE_NUM, true",
        "fr, LIKE_NUM, false",
        "de, IS_STOP, false",
        "id, IS_CURRENCY, false",
        "fr, IS_CURRENCY, true",
        "fr, LIKE_URL, true",
        "en, LEMMA, false",
        "en, 78, false"
    })
    void an_attribute_is_accepted_where_it_can_be_computed(String language, String name, boolean accepted)
            throws IOException {
        language(language);
        Vocab vocab = Vocab.read(model);
        if (accepted) {
            assertThat(vocab.attribute(name, "x")).isNotNull();
        } else {
            assertThatThrownBy(() -> vocab.attribute(name, "tok2vec/model"))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("tok2vec/model: token attribute '" + name + "' cannot be computed from the text alone");
        }
    }

    @Test
    void what_depends_on_the_language_is_refused_where_the_language_is_not_known() {
        assertThat(Attribute.parse("LOWER", "x"))
                .isEqualTo(Attribute.parse(66, "x"))
                .isEqualTo(Attribute.LOWER);
        assertThatThrownBy(() -> Attribute.parse("LIKE_NUM", "x")).isInstanceOf(ModelException.class);
        assertThatThrownBy(() -> Attribute.parse(Long.MAX_VALUE, "x")).isInstanceOf(ModelException.class);
    }
}
