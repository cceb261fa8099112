package io.trustpipeline.score;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A file that holds one JSON object and is written by people, so that what is wrong with it is said in full. */
final class JsonFile {
    private static final int MAX_BYTES = 16 << 20;
    private static final int MAX_SHOWN = 80;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private JsonFile() {}

    /** The object, or null when the file holds none; then a problem says why. Names that occur twice are problems too. */
    static @Nullable ObjectNode read(Path file, Consumer<String> problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.accept(file + ": larger than " + MAX_BYTES + " bytes");
                return null;
            }
            byte[] content = Files.readAllBytes(file);
            JsonNode root = MAPPER.readTree(content);
            if (!(root instanceof ObjectNode object)) {
                problems.accept(file + ": must hold one JSON object");
                return null;
            }
            reportDuplicates(file, content, problems);
            return object;
        } catch (JsonProcessingException e) {
            problems.accept("%s: not JSON: %s (line %d, column %d)"
                    .formatted(
                            file,
                            e.getOriginalMessage()
                                    .lines()
                                    .findFirst()
                                    .orElse("")
                                    .replaceAll("\\p{Cc}", "?"),
                            e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                            e.getLocation() == null ? 0 : e.getLocation().getColumnNr()));
        } catch (IOException e) {
            problems.accept(file + ": cannot be read: " + e);
        }
        return null;
    }

    private static void reportDuplicates(Path file, byte[] content, Consumer<String> problems) throws IOException {
        Deque<Set<String>> open = new ArrayDeque<>();
        try (JsonParser parser = new JsonFactory().createParser(content)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case START_OBJECT -> open.push(new HashSet<>());
                    case END_OBJECT -> open.pop();
                    case FIELD_NAME -> {
                        if (!open.element().add(parser.currentName())) {
                            problems.accept("%s: %s occurs twice (line %d); keep one"
                                    .formatted(
                                            file,
                                            quoted(parser.currentName()),
                                            parser.currentLocation().getLineNr()));
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    /** A text as it can stand in a one-line message. */
    static String quoted(String text) {
        return shown(TextNode.valueOf(text));
    }

    /** A value as it can stand in a one-line message. */
    static String shown(JsonNode value) {
        String json = value.toString();
        return json.length() <= MAX_SHOWN ? json : json.substring(0, MAX_SHOWN) + "…";
    }
}
