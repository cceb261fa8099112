package io.trustpipeline.cli;

import io.trustpipeline.config.SecretReferences;
import io.trustpipeline.config.Settings;
import io.trustpipeline.config.Sources;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a command finds comments, models and its own state; each option overrides one setting. */
final class PlaceOptions {
    private static final String DEFAULT_REGION = "us-east-2";

    @Option(names = "--home", paramLabel = "DIR", description = "all local state; .trust-pipeline if left out")
    private @Nullable Path home;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "settings; trust-pipeline.properties in this folder if left out")
    private @Nullable Path config;

    Settings settings() {
        return settings(Map.of());
    }

    /** @param overrides settings that the command's own options decide */
    Settings settings(Map<String, String> overrides) {
        return settings(overrides, Map.of());
    }

    /** @param variables count as if they were in the environment, where secrets may stand */
    Settings settings(Map<String, String> overrides, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(variables);
        Map<String, String> given = new LinkedHashMap<>();
        if (home != null) {
            given.put("trust.run.home", home.toString());
        }
        given.putAll(overrides);
        Sources sources = new Sources(Path.of("").toAbsolutePath(), config, environment, given);
        return Settings.load(sources, secrets());
    }

    private static SecretReferences secrets() {
        String region = System.getenv().getOrDefault("AWS_REGION", DEFAULT_REGION);
        return new SecretReferences(System.getenv(), region, null);
    }
}
