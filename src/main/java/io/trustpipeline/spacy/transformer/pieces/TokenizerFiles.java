package io.trustpipeline.spacy.transformer.pieces;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.trustpipeline.spacy.ModelException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a tokenizer as Hugging Face saves them, by name. */
record TokenizerFiles(Map<String, ByteBuffer> files, String source) {

    private static final ObjectMapper JSON = new ObjectMapper();

    boolean has(String name) {
        return files.containsKey(name);
    }

    /** A JSON file; a missing node when there is none. */
    JsonNode json(String name) {
        if (!has(name)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(text(name));
        } catch (IOException damaged) {
            throw ModelException.corrupt(source, "tokenizer file '" + name + "' is not JSON", damaged);
        }
    }

    /** The lines of a text file. */
    List<String> lines(String name) {
        if (!has(name)) {
            throw ModelException.corrupt(source, "tokenizer file '" + name + "' is missing");
        }
        return text(name).lines().toList();
    }

    /** A file that must be there. */
    ByteBuffer bytes(String name) {
        ByteBuffer file = files.get(name);
        if (file == null) {
            throw corrupt("file '" + name + "' is missing");
        }
        return file.duplicate();
    }

    private String text(String name) {
        ByteBuffer bytes = files.getOrDefault(name, ByteBuffer.allocate(0)).duplicate();
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }

    /** Pieces by their text. */
    Map<String, Integer> vocabulary(JsonNode pieces) {
        Map<String, Integer> vocabulary = new HashMap<>();
        pieces.properties().forEach(piece -> {
            if (!piece.getValue().canConvertToInt() || piece.getValue().intValue() < 0) {
                throw corrupt("piece '" + piece.getKey() + "' has number " + piece.getValue());
            }
            vocabulary.put(piece.getKey(), piece.getValue().intValue());
        });
        if (vocabulary.isEmpty()) {
            throw corrupt("the vocabulary is empty");
        }
        return vocabulary;
    }

    /** A piece's number. */
    int id(Map<String, Integer> vocabulary, String piece) {
        Integer id = vocabulary.get(piece);
        if (id == null) {
            throw corrupt("piece '" + piece + "' is not in the vocabulary");
        }
        return id;
    }

    /** An added token as tokenizer.json or tokenizer_config.json describes it. */
    static AddedToken added(int id, JsonNode token) {
        return new AddedToken(
                id,
                token.path("content").asText(),
                token.path("special").asBoolean(),
                token.path("lstrip").asBoolean(),
                token.path("rstrip").asBoolean(),
                token.path("single_word").asBoolean(),
                token.path("normalized").asBoolean(true));
    }

    ModelException corrupt(String what) {
        return ModelException.corrupt(source, "tokenizer: " + what);
    }

    ModelException unsupported(String what) {
        return ModelException.unsupported(source, "tokenizer: " + what);
    }
}
