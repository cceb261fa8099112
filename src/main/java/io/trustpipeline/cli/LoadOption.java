package io.trustpipeline.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.Map;

/** {@code --load}: how many models are in memory. */
final class LoadOption {
    @Option(
            names = "--load",
            paramLabel = "all|sequential",
            description = "all models in memory, or one after the other; all if they fit, if left out")
    private @Nullable String load;

    /** What the option overrides. */
    Map<String, String> overrides() {
        return load == null ? Map.of() : Map.of("trust.models.load-mode", load);
    }
}
