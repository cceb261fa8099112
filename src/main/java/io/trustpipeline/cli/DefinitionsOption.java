package io.trustpipeline.cli;

import io.trustpipeline.features.Definitions;
import io.trustpipeline.features.DefinitionsReader;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which features are meant. */
final class DefinitionsOption {
    private static final String SHIPPED = "sql/features/features.yaml";

    @Option(
            names = "--definitions",
            paramLabel = "FILE",
            description = "feature definitions; " + SHIPPED + " if left out")
    private @Nullable Path file;

    Definitions read() {
        if (file == null) {
            return DefinitionsReader.read(SHIPPED, Installation.current().text(SHIPPED));
        }
        try {
            return DefinitionsReader.read(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new PipelineException(ExitCode.CONFIGURATION, file + ": cannot be read as a UTF-8 text file", e);
        }
    }
}
