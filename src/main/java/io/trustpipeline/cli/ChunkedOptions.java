package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedRequest;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;

/** What a run of the chunked update is asked for. */
final class ChunkedOptions {
    private static final Pattern RUN_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            required = true,
            description = "names the run; the same id resumes it")
    private String runId = "";

    @Option(
            names = "--run-date",
            paramLabel = "YYYY-MM-DD",
            description = "the middle of the window; today if left out")
    private @Nullable LocalDate runDate;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "auto (by the number of rows), sequential or chunked; auto if left out")
    private ChunkedRequest.Mode mode = ChunkedRequest.Mode.AUTO;

    @Option(names = "--resolve", description = "resolve pairs that no longer clash, once all chunks are done")
    private boolean resolve;

    @Option(names = "--database", paramLabel = "URL", description = "jdbc:postgresql://host:5432/database")
    private @Nullable String database;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    Settings settings() {
        return place.settings(database == null ? Map.of() : Map.of("trust.database.url", database));
    }

    ChunkedRequest request(Settings settings) {
        if (!RUN_ID.matcher(runId).matches()) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "run_id: is not 1 to 80 of A-Z, a-z, 0-9, '.', '_' and '-', beginning with a letter or digit");
        }
        return new ChunkedRequest(
                runId, runDate != null ? runDate : LocalDate.now(settings.run().zone()), mode, resolve);
    }
}
