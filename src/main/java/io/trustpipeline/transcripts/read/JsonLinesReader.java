package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/** A JSON object a line; blank lines are skipped. Texts are kept as they are, also empty ones. */
final class JsonLinesReader implements TranscriptReader {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Override
    public void read(Path file, Utterances found) {
        try (SourceLines lines = new SourceLines(file)) {
            for (SourceLine line = lines.next(); line != null; line = lines.next()) {
                if (!line.isBlank()) {
                    found.add(utterance(file, line, found));
                }
            }
        }
    }

    private static Utterance utterance(Path file, SourceLine line, Utterances found) {
        ObjectNode object = object(file, line);
        String text = text(object, "text");
        String speaker = text(object, "speaker");
        if (text == null) {
            found.warn(line.number(), "no text");
        }
        if (speaker == null) {
            found.warn(line.number(), "no speaker");
        }
        String said = text == null ? "" : text;
        // A text that had to be escaped is not found like this, and has no place in its line.
        int at = line.text().lastIndexOf('"' + said + '"');
        return new Utterance(
                line.number(),
                speaker == null ? Utterance.UNKNOWN : speaker,
                said,
                text(object, "timestamp"),
                text(object, "student_id"),
                text(object, "speaker_role"),
                text(object, "student_external_id"),
                at < 0 || text == null ? null : line.offset(at + 1));
    }

    private static ObjectNode object(Path file, SourceLine line) {
        try {
            if (JSON.readTree(line.text()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            // Its message quotes the line.
            throw Refusal.of(file, line.number(), "not valid JSON; right is {\"speaker\": …, \"text\": …}");
        }
        throw Refusal.of(file, line.number(), "not a JSON object; right is {\"speaker\": …, \"text\": …}");
    }

    private static @Nullable String text(ObjectNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || !value.isValueNode() || value.isNull() ? null : value.asText();
    }
}
