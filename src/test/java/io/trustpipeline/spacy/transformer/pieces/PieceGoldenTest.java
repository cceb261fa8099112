package io.trustpipeline.spacy.transformer.pieces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Difficult texts against what Hugging Face's tokenizers and SentencePiece make of them ({@code bench/make_piece_golden.py}). */
class PieceGoldenTest {

    static JsonNode golden(String name) throws IOException {
        try (InputStream file = Objects.requireNonNull(
                        PieceGoldenTest.class.getResourceAsStream("/spacy/pieces/" + name + ".json.gz"), name);
                InputStream json = new GZIPInputStream(file)) {
            return new ObjectMapper().readTree(json);
        }
    }

    static Map<String, ByteBuffer> files(JsonNode golden) throws IOException {
        Map<String, ByteBuffer> files = new HashMap<>();
        for (Map.Entry<String, JsonNode> file : golden.get("files").properties()) {
            files.put(file.getKey(), ByteBuffer.wrap(file.getValue().binaryValue()));
        }
        return files;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xlm-roberta",
                "xlm-roberta-words",
                "camembert",
                "roberta",
                "bert",
                "xlm-roberta-slow",
                "camembert-slow",
                "bert-slow",
                "bert-cased-slow",
                "bert-accents-slow",
                "mpnet-slow"
            })
    void pieces_and_offsets_are_those_of_hugging_face(String name) throws IOException {
        JsonNode golden = golden(name);
        PieceTokenizer tokenizer =
                PieceTokenizerReader.read(files(golden), golden.get("fast").asBoolean(), "", Integer.MAX_VALUE, name);
        Pieces pieces = new Pieces();
        for (JsonNode expected : golden.get("cases")) {
            String text = expected.get(0).asText();
            tokenizer.tokenize(text.codePoints().toArray(), pieces);
            List<Integer> ids = new ArrayList<>();
            List<List<Integer>> offsets = new ArrayList<>();
            for (int piece = 0; piece < pieces.count(); piece++) {
                ids.add(pieces.id(piece));
                offsets.add(List.of(pieces.start(piece), pieces.end(piece)));
            }
            assertThat(ids).as(shown(text)).isEqualTo(integers(expected.get(1)));
            if (expected.hasNonNull(2)) {
                List<List<Integer>> wanted = new ArrayList<>();
                expected.get(2).forEach(offset -> wanted.add(integers(offset)));
                assertThat(offsets).as(shown(text)).isEqualTo(wanted);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "sentencepiece")
    void pieces_are_those_of_sentencepiece(String name) throws IOException {
        JsonNode golden = golden(name);
        ByteBuffer file = files(golden).values().iterator().next();
        SentencePieceModel model = SentencePieceFile.read(file, name);
        for (JsonNode expected : golden.get("cases")) {
            int[] text = expected.get(0).asText().codePoints().toArray();
            List<Integer> ids = new ArrayList<>();
            model.cut(text, 0, text.length, (piece, start, end) -> ids.add(piece));
            assertThat(ids).as(shown(expected.get(0).asText())).isEqualTo(integers(expected.get(1)));
        }
    }

    private static List<Integer> integers(JsonNode numbers) {
        List<Integer> integers = new ArrayList<>();
        numbers.forEach(number -> integers.add(number.asInt()));
        return integers;
    }

    /** Most of these texts cannot be read. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .forEach(codePoint -> shown.append(
                        codePoint > ' ' && codePoint < 0x7F
                                ? Character.toString(codePoint)
                                : "{%x}".formatted(codePoint)));
        return shown.toString();
    }
}
