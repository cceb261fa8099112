package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.commons.codec.digest.DigestUtils;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Everything that a run leaves for others, in a form that two runs can be compared by: the digest of every data object,
 * the manifest without the moments and the number of attempts, and the messages.
 */
record FinalState(Map<String, String> objects, JsonNode manifest, Map<String, JsonNode> messages) {
    private static final JsonMapper JSON = new JsonMapper();
    /** The last one is there where people are told through a topic, and not on a laptop. */
    private static final List<String> DIFFERS_BY_ATTEMPT =
            List.of("started_at", "committed_at", "notified_at", "attempts", "stages", "subscription");

    static FinalState of(Path home, String runId) throws IOException {
        return of(home.resolve("s3").resolve("trust-pipeline"), home.resolve("outbox"), runId);
    }

    static FinalState of(Path bucket, Path outbox, String runId) throws IOException {
        Map<String, String> objects = new TreeMap<>();
        try (Stream<Path> files = Files.walk(bucket)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String key = bucket.relativize(file).toString();
                if (key.endsWith(".parquet")) {
                    objects.put(key, DigestUtils.sha256Hex(Files.readAllBytes(file)));
                } else if (!key.contains("/claims/attempt-") && !key.endsWith("/manifest.json")) {
                    objects.put(key, "present");
                }
            }
        }
        ObjectNode manifest = (ObjectNode) JSON.readTree(
                bucket.resolve("trust_scoring/runs/" + runId + "/manifest.json").toFile());
        DIFFERS_BY_ATTEMPT.forEach(manifest::remove);
        return new FinalState(objects, manifest, messages(outbox));
    }

    /** The digest of every object of a bucket. */
    static Map<String, String> digests(Path bucket) throws IOException {
        Map<String, String> digests = new TreeMap<>();
        try (Stream<Path> files = Files.walk(bucket)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                digests.put(bucket.relativize(file).toString(), DigestUtils.sha256Hex(Files.readAllBytes(file)));
            }
        }
        return digests;
    }

    /** The facts of every message; of its mail, that it is there. */
    static Map<String, JsonNode> messages(Path outbox) throws IOException {
        Map<String, JsonNode> messages = new TreeMap<>();
        if (!Files.exists(outbox)) {
            return messages;
        }
        try (Stream<Path> files = Files.list(outbox)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                messages.put(name, name.endsWith(".json") ? JSON.readTree(file.toFile()) : JSON.nullNode());
            }
        }
        return messages;
    }

    /** Without what was told of attempts that failed. */
    FinalState ofCommitted() {
        Map<String, JsonNode> committed = new TreeMap<>(messages);
        committed.keySet().removeIf(name -> name.contains("-FAILED"));
        return new FinalState(objects, manifest, committed);
    }

    /** The keys of all objects in the embedded store. */
    static List<String> objectNames(Path home) throws IOException {
        Path bucket = home.resolve("s3").resolve("trust-pipeline");
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
