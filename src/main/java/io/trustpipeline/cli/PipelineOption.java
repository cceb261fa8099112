package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.util.Map;

/** Whose runs a command is about. */
final class PipelineOption {
    @Option(
            names = "--pipeline",
            paramLabel = "NAME",
            description = "trust, chunked-etl or features; trust if left out")
    private String name = TrustApplication.PIPELINE;

    @Option(names = "--database", paramLabel = "URL", description = "of chunked-etl: jdbc:postgresql://host/database")
    private @Nullable String database;

    /** @throws PipelineException REQUEST_REFUSED for a pipeline that there is not */
    boolean chunked() {
        return switch (name) {
            case TrustApplication.PIPELINE, FeaturesApplication.PIPELINE -> false;
            case ChunkedEtlApplication.PIPELINE -> true;
            default ->
                throw new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "--pipeline \"" + name + "\" is not one of trust, chunked-etl, features");
        };
    }

    boolean features() {
        return name.equals(FeaturesApplication.PIPELINE);
    }

    Map<String, String> overrides() {
        return database == null ? Map.of() : Map.of("trust.database.url", database);
    }
}
