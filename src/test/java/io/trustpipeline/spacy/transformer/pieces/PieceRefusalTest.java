package io.trustpipeline.spacy.transformer.pieces;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.spacy.ModelException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What tokenizers are refused for: one line that names the file and the setting. */
class PieceRefusalTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ByteBuffer SENTENCE_PIECE =
            files("sentencepiece").values().iterator().next();

    private static PieceTokenizer read(Map<String, ByteBuffer> files, boolean fast) {
        return PieceTokenizerReader.read(files, fast, "", 512, "some/model");
    }

    private static void assertRefused(Map<String, ByteBuffer> files, boolean fast, String message) {
        assertThatThrownBy(() -> read(files, fast))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("some/model")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    private static Map<String, ByteBuffer> files(String golden) {
        try {
            return new HashMap<>(PieceGoldenTest.files(PieceGoldenTest.golden(golden)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The files of a tokenizer, one of them changed. */
    private static Map<String, ByteBuffer> changed(String golden, String file, Consumer<ObjectNode> change) {
        Map<String, ByteBuffer> files = files(golden);
        try {
            ObjectNode json = (ObjectNode) JSON.readTree(files.get(file).array());
            change.accept(json);
            files.put(file, ByteBuffer.wrap(JSON.writeValueAsBytes(json)));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
        return files;
    }

    private static void assertConfigRefused(String golden, String setting, Object value, String message) {
        assertRefused(
                changed(golden, "tokenizer_config.json", config -> config.putPOJO(setting, value)), false, message);
    }

    @Test
    void slow_tokenizers_that_are_not_computed_are_refused_by_name() {
        assertConfigRefused(
                "bert-slow", "tokenizer_class", "DebertaV2Tokenizer", "slow tokenizer 'DebertaV2Tokenizer' is not");
        assertConfigRefused("bert-slow", "do_basic_tokenize", false, "'BertTokenizer' with do_basic_tokenize");
        assertConfigRefused("bert-slow", "never_split", new String[] {"x"}, "never_split");
        assertConfigRefused(
                "camembert-slow",
                "sp_model_kwargs",
                Map.of("enable_sampling", true),
                "'CamembertTokenizer' with sp_model_kwargs");
        assertRefused(
                changed("mpnet-slow", "tokenizer_config.json", config -> config.remove("added_tokens_decoder")),
                false,
                "'MPNetTokenizer' without added_tokens_decoder");
    }

    @Test
    void files_that_are_missing_are_named() {
        Map<String, ByteBuffer> fast = files("xlm-roberta");
        fast.remove("tokenizer.json");
        assertRefused(fast, true, "is a fast one, and 'tokenizer.json' is missing");
        Map<String, ByteBuffer> sentencePiece = files("xlm-roberta-slow");
        sentencePiece.remove("sentencepiece.bpe.model");
        assertRefused(sentencePiece, false, "file 'sentencepiece.bpe.model' is missing");
        Map<String, ByteBuffer> wordPiece = files("bert-slow");
        wordPiece.remove("vocab.txt");
        assertRefused(wordPiece, false, "'vocab.txt' is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /normalizer            | {"type": "NFKC"}                                               | normalizer 'NFKC'
            /normalizer            | {"type": "Precompiled", "precompiled_charsmap": "AAAA"}        | precompiled_charsmap is no table
            /normalizer            | {"type": "Precompiled", "precompiled_charsmap": "?"}           | is not base64
            /pre_tokenizer         | {"type": "ByteLevel"}                                          | pre_tokenizer 'ByteLevel'
            /pre_tokenizer         | {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "first"} | prepend_scheme 'first'
            /pre_tokenizer         | {"type": "Metaspace", "replacement": "_"}                      | replacement '_'
            /post_processor        | {"type": "ByteLevel"}                                          | post-processor 'ByteLevel'
            /model/byte_fallback   | true                                                           | byte_fallback
            /model/unk_id          | null                                                           | unk_id null
            /model/unk_id          | 999999                                                         | unk_id 999999
            /model/vocab           | [["a", "b"]]                                                   | piece 0
            /model/type            | "Lattice"                                                      | model 'Lattice'
            """)
    void unigram_settings_that_are_not_computed_are_refused(String place, String value, String message) {
        int last = place.lastIndexOf('/');
        Map<String, ByteBuffer> files = changed("xlm-roberta", "tokenizer.json", json -> {
            ObjectNode node = (ObjectNode) json.at(place.substring(0, last));
            try {
                node.set(place.substring(last + 1), JSON.readTree(value));
            } catch (IOException wrong) {
                throw new UncheckedIOException(wrong);
            }
        });
        assertRefused(files, true, message);
    }

    @Property(tries = 300)
    void a_damaged_sentencepiece_file_is_read_or_refused(
            @ForAll @IntRange(max = 1 << 20) int cut, @ForAll @IntRange(max = 1 << 20) int at, @ForAll byte value)
            throws IOException {
        ByteBuffer file = SENTENCE_PIECE.duplicate();
        byte[] bytes = new byte[Math.min(cut, file.remaining())];
        file.get(bytes);
        if (bytes.length > 0) {
            bytes[at % bytes.length] = value;
        }
        try {
            SentencePieceModel model = SentencePieceFile.read(ByteBuffer.wrap(bytes), "some/model");
            int[] text = "ＦＵＬＬ ﬁne 🙂 nurses".codePoints().toArray();
            model.cut(text, 0, text.length, (piece, start, end) -> {});
        } catch (ModelException refused) {
            assertThat(refused).hasMessageContaining("some/model");
        }
    }

    @Test
    void a_table_that_makes_texts_grow_without_measure_is_refused() {
        ByteBuffer table = ByteBuffer.allocate(2000);
        table.put(0, (byte) Integer.BYTES);
        assertThat(CharsMap.read(table.array())).isNotNull();
        Arrays.fill(table.array(), 900, 1924, (byte) 'x');
        assertThat(CharsMap.read(table.array())).isNotNull();
        table.put(1924, (byte) 'x');
        assertThat(CharsMap.read(table.array())).isNull();
    }

    @Test
    void kinds_of_sentencepiece_that_are_not_computed_are_refused() {
        assertThatThrownBy(() -> SentencePieceFile.read(
                        ByteBuffer.wrap("\n\005\n\001a\030\004".getBytes(StandardCharsets.US_ASCII)), "some/model"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("pieces that users defined, such as 'a', is not supported");
        assertThatThrownBy(() -> SentencePieceFile.read(
                        ByteBuffer.wrap("\022\002\030\002".getBytes(StandardCharsets.US_ASCII)), "some/model"))
                .hasMessageContaining("a model other than unigram");
        assertThatThrownBy(() -> SentencePieceFile.read(ByteBuffer.allocate(0), "some/model"))
                .hasMessageContaining("lacks the unknown piece");
    }
}
