package io.trustpipeline.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a run reads; each option overrides one setting. */
final class SourceOptions {
    @Option(
            names = "--warehouse",
            paramLabel = "URL|PATH",
            description = "a JDBC URL, or a Parquet or CSV file or folder; the demo's comments if left out")
    private @Nullable String warehouse;

    @Option(names = "--models", paramLabel = "DIR", description = "a models folder; the demo's if left out")
    private @Nullable String models;

    @Option(names = "--threads", paramLabel = "N", description = "threads that score; one a processor if left out")
    private @Nullable Integer threads;

    @Option(
            names = "--routes",
            paramLabel = "FILE",
            description = "a copy of trust.camel.yaml that somebody changed, in place of the program's own")
    private @Nullable String routes;

    @Mixin
    private LoadOption load = new LoadOption();

    Map<String, String> overrides() {
        Map<String, String> overrides = new LinkedHashMap<>(load.overrides());
        put(overrides, "trust.warehouse.url", warehouse);
        put(overrides, "trust.models.location", models);
        put(overrides, "trust.models.threads", threads);
        put(overrides, "trust.run.routes", routes);
        return overrides;
    }

    private static void put(Map<String, String> overrides, String setting, @Nullable Object value) {
        if (value != null) {
            overrides.put(setting, value.toString());
        }
    }
}
