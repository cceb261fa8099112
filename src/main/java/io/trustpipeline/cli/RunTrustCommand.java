package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code run trust}: comments to scored spans. */
@Command(
        name = "trust",
        description = "Exports the comments of one client, scores them with every theme, commits, and tells people.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunTrustCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec
    private CommandSpec spec;

    @Option(names = "--run-date", paramLabel = "YYYY-MM-DD", description = "names the raw partition; today if left out")
    private @Nullable String runDate;

    @Option(names = "--run-id", paramLabel = "ID", description = "names the run; the same id resumes it")
    private @Nullable String runId;

    @Option(names = "--up-id", paramLabel = "N", description = "the client organisation; 7168 if left out")
    private @Nullable String upId;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "whom to tell")
    private @Nullable String email;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "the request as JSON, as Step Functions sends it; - for standard input")
    private @Nullable String input;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws Exception {
        RequestFields fields = new RequestReader("trust").read(request());
        try (TrustApplication application =
                TrustApplication.start(place.settings(source.overrides()), Console.standard())) {
            application.run(fields);
        }
        return ExitCode.DONE.status();
    }

    private String request() throws IOException {
        ObjectNode flags = JSON.createObjectNode();
        put(flags, "run_date", runDate);
        put(flags, "run_id", runId);
        put(flags, "up_id", upId);
        put(flags, "email", email);
        if (input == null) {
            return JSON.writeValueAsString(flags);
        }
        if (!flags.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--input holds the whole request: leave the other fields out");
        }
        try {
            return input.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(input));
        } catch (IOException e) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED, "--input " + input + ": cannot be read as a UTF-8 text file", e);
        }
    }

    private static void put(ObjectNode flags, String field, @Nullable String value) {
        if (value != null) {
            flags.put(field, value);
        }
    }
}
