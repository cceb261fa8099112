package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;

/** Which table features are looked up in, and where the rest is. */
final class FeatureTableOption {
    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "the DynamoDB table; a file in the home folder if left out")
    private @Nullable String table;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    Settings settings() {
        return place.settings(table == null ? Map.of() : Map.of("trust.features.table", table));
    }
}
