package io.trustpipeline.fuzz;

import io.trustpipeline.export.UnloadInputs;
import io.trustpipeline.features.DefinitionsReader;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.score.ModelInputs;
import io.trustpipeline.store.MemoryS3;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.trigger.Delivery;
import io.trustpipeline.trigger.Trigger;
import io.trustpipeline.trigger.TriggerInbox;
import io.trustpipeline.trigger.Verdict;
import software.amazon.awssdk.core.sync.RequestBody;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/** What people and services leave for the program: trigger files, certificates, definitions, lists of unloaded files. */
record ServiceTargets(Path project, Path folder) {
    private static final String PREFIX = "trust_scoring/";
    private static final List<String> JSON =
            List.of("[", "{\"a\":", "\"", "null", "-1", "1e999", "true", ",", "\\ud800", "{}", "9999999999999999999");

    List<Target> all() throws IOException {
        return List.of(triggers(), certificate(), definitions(), unloaded());
    }

    /** The content of a trigger file, its name, or the lease that another service left beside it. */
    private static Target triggers() {
        List<byte[]> sound = List.of(
                bytes("{\"up_id\": 7168, \"run_date\": \"2025-09-26\", \"max_minutes\": 5}"),
                bytes("nightly (2)"),
                bytes("{\"owner\":\"\",\"version\":\"v\",\"tries\":1,\"until\":\"2020-01-01T00:00:00Z\"}"));
        return Target.ofSeveral("trigger file", sound, JSON, (which, input) -> {
            String text = new String(input, StandardCharsets.UTF_8);
            MemoryS3 s3 = new MemoryS3();
            String name = which == 1 ? text.replace('/', '_') : "nightly";
            put(s3, "triggers/" + name + ".json", which == 0 ? input : bytes("{}"));
            put(s3, "triggers/other.json", bytes("{}"));
            if (which == 2) {
                put(s3, "triggers/claims/nightly.json", input);
            }
            takeAll(new ObjectStore(s3, "bucket", PREFIX));
        });
    }

    private static void put(MemoryS3 s3, String key, byte[] content) {
        s3.putObject(put -> put.bucket("bucket").key(PREFIX + key), RequestBody.fromBytes(content));
    }

    /** Takes and settles what waits, as a service does; what was refused is thrown once the others are settled. */
    private static void takeAll(ObjectStore store) {
        RuntimeException refused = null;
        try (TriggerInbox inbox = new TriggerInbox(
                store,
                PREFIX,
                new RequestReader("trust"),
                "fuzz",
                Duration.ofHours(1),
                ZoneOffset.UTC,
                Clock.systemUTC(),
                new StopSignal())) {
            for (Trigger trigger : inbox.pending()) {
                try {
                    Delivery delivery = inbox.take(trigger);
                    if (delivery != null) {
                        refused = settled(inbox, delivery, refused);
                    }
                } catch (PipelineException e) {
                    refused = e;
                }
            }
        }
        if (store.exists(PREFIX + "triggers/other.json")) {
            throw new IllegalStateException("the other trigger was not settled");
        }
        if (refused != null) {
            throw refused;
        }
    }

    private static RuntimeException settled(TriggerInbox inbox, Delivery delivery, RuntimeException refused) {
        try {
            inbox.settle(new Verdict.Done(delivery, "run " + delivery.request().runId()));
            return refused;
        } catch (PipelineException e) {
            inbox.settle(new Verdict.Failed(delivery, e.exitCode(), e.getMessage()));
            return e;
        }
    }

    private Target certificate() throws IOException {
        Path file = folder.resolve("certificate.json");
        byte[] sound = bytes("""
                {"made_by": "spaCy 3.8", "texts": ["a", "b"],
                 "scores": {"03bb": [[[0, 1, "POS", 0.5], [0, 1, "NEG", 0.7]], []]}}
                """);
        byte[] real = Files.readAllBytes(project.resolve("src/test/resources/score/certificate.json"));
        return new Target(
                "certificate.json",
                List.of(sound, real),
                JSON,
                input -> ModelInputs.certificate(Files.write(file, input)));
    }

    private Target definitions() throws IOException {
        return new Target(
                "feature definitions",
                List.of(
                        Files.readAllBytes(project.resolve("sql/features/features.yaml")),
                        Files.readAllBytes(project.resolve("sql/features/windows.yaml"))),
                List.of("&a ", "*a ", "- ", ": ", "[", "{", "!!java.net.URL ", "|\n", "\t", "null", "~"),
                input -> DefinitionsReader.read("features.yaml", new String(input, StandardCharsets.UTF_8)));
    }

    private static Target unloaded() {
        byte[] sound = bytes("{\"entries\": [{\"url\": \"s3://bucket/trust_scoring/raw/0000_part_00.parquet\","
                + " \"meta\": {\"content_length\": 3}}]}");
        return new Target("list of unloaded files", List.of(sound), JSON, input -> {
            MemoryS3 s3 = new MemoryS3();
            put(s3, "raw/0000_part_00.parquet", bytes("abc"));
            put(s3, "raw/manifest", input);
            UnloadInputs.manifest(new ObjectStore(s3, "bucket", PREFIX), PREFIX + "raw/");
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
