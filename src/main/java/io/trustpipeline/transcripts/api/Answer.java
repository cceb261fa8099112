package io.trustpipeline.transcripts.api;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.charset.StandardCharsets;

/** What is sent back. */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record Answer(int status, String mediaType, byte[] body) {
    static Answer of(int status, JsonNode json) {
        return new Answer(status, "application/json", json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Answer ok(JsonNode json) {
        return of(200, json);
    }

    static Answer nothing() {
        return new Answer(204, "", new byte[0]);
    }
}
