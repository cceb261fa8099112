package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.chunked.ChunkedRequest;
import io.trustpipeline.chunked.ChunkedRuns;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.RunIds;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a run of the chunked update is asked for: by flags, or by the JSON that Step Functions sends. */
final class ChunkedOptions {
    @Option(names = "--run-id", paramLabel = "ID", description = "names the run; the same id resumes it")
    private @Nullable String runId;

    @Option(
            names = "--run-date",
            paramLabel = "YYYY-MM-DD",
            description = "the middle of the window; today if left out")
    private @Nullable String runDate;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "whom to tell")
    private @Nullable String email;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "auto (by the number of rows), sequential or chunked; auto if left out")
    private @Nullable String mode;

    @Option(names = "--resolve", description = "resolve pairs that no longer clash, once all chunks are done")
    private boolean resolve;

    @Mixin
    private InputOption input = new InputOption();

    @Option(names = "--database", paramLabel = "URL", description = "jdbc:postgresql://host:5432/database")
    private @Nullable String database;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    Settings settings() {
        return place.settings(database == null ? Map.of() : Map.of("trust.database.url", database));
    }

    /**
     * The request as it was given, checked, with all its problems at once.
     *
     * @throws io.trustpipeline.run.PipelineException REQUEST_REFUSED
     */
    ObjectNode fields() throws JsonProcessingException {
        ObjectNode flags = InputOption.flags();
        InputOption.put(flags, "run_id", runId);
        InputOption.put(flags, "run_date", runDate);
        InputOption.put(flags, "email", email);
        InputOption.put(flags, "mode", mode == null ? null : mode.toLowerCase(Locale.ROOT));
        if (resolve) {
            flags.put("resolve", true);
        }
        return new RequestReader("chunked-etl").readObject(input.request(flags));
    }

    /** The request with what it left out: on a resume as the run began, on a first start the defaults. */
    static ChunkedRequest request(ObjectNode fields, Settings settings, ChunkedRuns runs) {
        ChunkedRequest.Mode mode = fields.has("mode")
                ? ChunkedRequest.Mode.valueOf(fields.get("mode").textValue().toUpperCase(Locale.ROOT))
                : ChunkedRequest.Mode.AUTO;
        String id = fields.has("run_id")
                ? fields.get("run_id").textValue()
                : RunIds.next(Clock.systemUTC(), new SecureRandom());
        Optional<ChunkedRequest> begun = runs.find(id, mode);
        return new ChunkedRequest(
                id,
                fields.has("run_date")
                        ? LocalDate.parse(fields.get("run_date").textValue())
                        : begun.map(ChunkedRequest::runDate)
                                .orElseGet(() -> LocalDate.now(settings.run().zone())),
                mode,
                fields.has("resolve")
                        ? fields.get("resolve").booleanValue()
                        : begun.map(ChunkedRequest::resolve).orElse(false),
                fields.has("email")
                        ? fields.get("email").textValue()
                        : begun.map(ChunkedRequest::email).orElse(null));
    }
}
