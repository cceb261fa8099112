package io.trustpipeline.spacy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Golden files: what spaCy made of texts. Their format is described beside them. */
final class Golden {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(JSON.readTree(line));
            }
        }
        return lines;
    }

    static JsonNode json(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    /** A matrix's values in C order. */
    static float[] floats(JsonNode matrix) {
        byte[] bytes = Base64.getDecoder().decode(matrix.get("b64").asText());
        float[] values = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** A span's place and label, without its score. */
    static String place(JsonNode span) {
        return place(
                span.get("start").asInt(),
                span.get("end").asInt(),
                span.get("start_char").asInt(),
                span.get("end_char").asInt(),
                span.get("label").asText());
    }

    static String place(Span span) {
        return place(span.start(), span.end(), span.startChar(), span.endChar(), span.label());
    }

    private static String place(int start, int end, int startChar, int endChar, String label) {
        return start + "-" + end + " " + startChar + "-" + endChar + " " + label;
    }
}
