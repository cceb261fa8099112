package io.trustpipeline.spacy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trustpipeline.spacy.ModelException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON as it occurs in model directories. Jackson bounds its nesting and the length of its numbers. */
final class Json {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** The value that a text is the JSON form of, or the text itself when it is not JSON. */
    static JsonNode parseOrText(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException plainText) {
            return TextNode.valueOf(text);
        }
    }

    /** The object that a file holds. */
    static JsonNode readObject(Path file) {
        JsonNode object;
        try {
            object = MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException damaged) {
            throw ModelException.corrupt(file.toString(), "cannot be read as JSON", damaged);
        }
        if (object == null || !object.isObject()) {
            throw ModelException.corrupt(file.toString(), "should hold a JSON object");
        }
        return object;
    }
}
