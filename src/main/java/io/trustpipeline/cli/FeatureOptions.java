package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.Definitions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;

/** From which rows features are computed, and where they go. */
final class FeatureOptions {
    @Option(
            names = "--in",
            paramLabel = "FILE|PREFIX",
            description = "Parquet: a file, a folder, a prefix or a pattern, or s3://bucket/prefix")
    private @Nullable String in;

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "the DynamoDB table; a file in the home folder if left out")
    private @Nullable String table;

    @Mixin
    private DefinitionsOption definitions = new DefinitionsOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Nullable
    String in() {
        return in;
    }

    Definitions definitions() {
        return definitions.read();
    }

    Settings settings() {
        return place.settings(table == null ? Map.of() : Map.of("trust.features.table", table));
    }
}
