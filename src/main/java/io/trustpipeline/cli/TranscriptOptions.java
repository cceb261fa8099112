package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where jobs, messages and assessments are. */
final class TranscriptOptions {
    @Option(names = "--table", paramLabel = "NAME", description = "the DynamoDB table of jobs")
    private @Nullable String table;

    @Option(names = "--database", paramLabel = "URL", description = "the PostgreSQL database of assessments")
    private @Nullable String database;

    @Option(names = "--model", paramLabel = "DIR", description = "a SpanCat model instead of the cue lists")
    private @Nullable Path model;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    Settings settings() {
        Map<String, String> overrides = new HashMap<>();
        if (table != null) {
            overrides.put("trust.transcripts.table", table);
        }
        if (database != null) {
            overrides.put("trust.database.url", database);
        }
        if (model != null) {
            overrides.put("trust.transcripts.model", model.toString());
        }
        return place.settings(overrides);
    }

    /** @throws PipelineException REQUEST_REFUSED when the file is no JSON */
    JsonNode json(Path file) {
        try {
            return new JsonMapper().readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            // Its message quotes the file.
            throw new PipelineException(ExitCode.REQUEST_REFUSED, file + ": not valid JSON");
        } catch (IOException e) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, file + ": cannot be read", e);
        }
    }
}
