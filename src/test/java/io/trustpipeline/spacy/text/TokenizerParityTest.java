package io.trustpipeline.spacy.text;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Lexeme;
import io.trustpipeline.spacy.TestModels;
import io.trustpipeline.spacy.regex.Unicode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every token of every golden text of every model, against what spaCy made of it. */
class TokenizerParityTest {
    static Stream<TestModels.Fixture> models() {
        return TestModels.all();
    }

    @ParameterizedTest
    @MethodSource("models")
    void tokens_attributes_and_ids_are_those_of_spacy(TestModels.Fixture model, @TempDir Path temporary) {
        Path directory = model.directory(temporary);
        Tokenizer tokenizer = Tokenizer.read(directory, Vocab.read(directory));
        int compared = 0;
        try (Stream<JsonNode> texts = JsonLines.read(model.golden().resolve(model.name() + ".jsonl.gz"))) {
            for (JsonNode golden : (Iterable<JsonNode>) texts::iterator) {
                Doc doc = tokenizer.tokenize(golden.get("text").asText());
                assertThat(rendered(doc)).as(golden.get("text").asText()).isEqualTo(rendered(golden.get("tokens")));
                compared += doc.length();
            }
        }
        assertThat(compared).isGreaterThan(500);
    }

    private static List<String> rendered(Doc doc) {
        List<String> tokens = new ArrayList<>();
        for (int token = 0; token < doc.length(); token++) {
            Lexeme lexeme = doc.lexeme(token);
            String text = doc.tokenText(token);
            assertThat(doc.slice(doc.startChar(token), doc.endChar(token))).isEqualTo(text);
            tokens.add(line(
                    text,
                    doc.startChar(token),
                    doc.spaceAfter(token),
                    lexeme.norm(),
                    WordShape.of(text),
                    Unicode.lower(text),
                    id(doc, Attribute.ORTH, token),
                    id(doc, Attribute.NORM, token),
                    id(doc, Attribute.PREFIX, token),
                    id(doc, Attribute.SUFFIX, token),
                    id(doc, Attribute.SHAPE, token)));
        }
        return tokens;
    }

    private static String id(Doc doc, Attribute attribute, int token) {
        return Long.toUnsignedString(doc.attribute(attribute, token));
    }

    private static List<String> rendered(JsonNode golden) {
        List<String> tokens = new ArrayList<>();
        for (JsonNode token : golden) {
            JsonNode ids = token.get("h");
            tokens.add(line(
                    token.get("text").asText(),
                    token.get("idx").asInt(),
                    token.get("ws").asBoolean(),
                    token.get("norm").asText(),
                    token.get("shape").asText(),
                    token.get("lower").asText(),
                    ids.get("ORTH").asText(),
                    ids.get("NORM").asText(),
                    ids.get("PREFIX").asText(),
                    ids.get("SUFFIX").asText(),
                    ids.get("SHAPE").asText()));
        }
        return tokens;
    }

    private static String line(Object... values) {
        return Stream.of(values)
                .map(String::valueOf)
                .reduce((a, b) -> a + " | " + b)
                .orElse("");
    }
}
