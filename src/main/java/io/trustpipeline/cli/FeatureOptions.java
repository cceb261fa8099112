package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.Definitions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From which rows features are computed, and where they go. */
final class FeatureOptions {
    @Option(
            names = "--in",
            paramLabel = "FILE|PREFIX",
            description = "Parquet: a file, a folder, a prefix or a pattern, or s3://bucket/prefix")
    private @Nullable String in;

    @Mixin
    private DefinitionsOption definitions = new DefinitionsOption();

    @Mixin
    private FeatureTableOption table = new FeatureTableOption();

    @Nullable
    String in() {
        return in;
    }

    Definitions definitions() {
        return definitions.read();
    }

    Settings settings() {
        return table.settings();
    }
}
