package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Normalised transcripts as bytes: JSON, a line an utterance; the same transcript always gives the same bytes. */
public final class NormalisedLines {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private NormalisedLines() {}

    public static byte[] write(List<Utterance> utterances) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Utterance utterance : utterances) {
            try {
                lines.writeBytes(JSON.writeValueAsBytes(utterance));
                lines.write('\n');
            } catch (JsonProcessingException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines.toByteArray();
    }

    /** Reads what {@link #write} wrote. */
    public static List<Utterance> read(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(NormalisedLines::utterance)
                .toList();
    }

    private static Utterance utterance(String line) {
        try {
            return JSON.readValue(line, Utterance.class);
        } catch (JsonProcessingException e) {
            // Its message quotes the line.
            throw new IllegalStateException("a line of a normalised transcript is not one");
        }
    }
}
