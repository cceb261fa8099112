package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A request as one piece of JSON, instead of flags. */
final class InputOption {
    private static final JsonMapper JSON = new JsonMapper();

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description =
                    "the request as JSON, as Step Functions sends it: a file, - for standard input, or the JSON itself")
    private @Nullable String input;

    /** The flags as the same JSON. */
    static ObjectNode flags() {
        return JSON.createObjectNode();
    }

    static void put(ObjectNode flags, String field, @Nullable String value) {
        if (value != null) {
            flags.put(field, value);
        }
    }

    /** @param flags the fields that were given as flags; none when there is an input */
    String request(ObjectNode flags) throws JsonProcessingException {
        if (input == null) {
            return JSON.writeValueAsString(flags);
        }
        if (!flags.isEmpty()) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "--input holds the whole request: leave the other fields out");
        }
        if (input.startsWith("{")) {
            return input;
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
}
