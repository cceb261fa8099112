package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code verify RUN}: a recount of a run from its objects. */
@Command(
        name = "verify",
        description =
                "Counts a run again from its objects and compares digests, rows, spans and ledger with its manifest.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "a run id")
    private String runId = "";

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        Console console = Console.standard();
        if (pipeline.chunked()) {
            new ChunkedReading(place.settings(pipeline.overrides()), console).verify(runId);
            return ExitCode.DONE.status();
        }
        if (pipeline.features()) {
            try (FeaturesReading days = new FeaturesReading(place.settings(), console)) {
                days.verify(runId);
            }
            return ExitCode.DONE.status();
        }
        try (StoreReading reading = StoreReading.open(place.settings())) {
            List<String> differences = reading.verification().verify(runId);
            if (!differences.isEmpty()) {
                throw new PipelineException(ExitCode.DATA_REFUSED, String.join(System.lineSeparator(), differences));
            }
        }
        console.line("run " + runId + ": every object, count and ledger row is as its manifest says");
        return ExitCode.DONE.status();
    }
}
