package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.RunIndex;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code status [RUN]}: what ran and how far it came. */
@Command(
        name = "status",
        description = "Lists the runs and how far each has come, or shows one.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class StatusCommand implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "RUN", description = "a run id; all runs if left out")
    private @Nullable String runId;

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        Console console = Console.standard();
        if (pipeline.chunked()) {
            new ChunkedReading(place.settings(pipeline.overrides()), console).status(runId);
            return ExitCode.DONE.status();
        }
        if (pipeline.features()) {
            try (FeaturesReading days = new FeaturesReading(place.settings(), console)) {
                days.status(runId);
            }
            return ExitCode.DONE.status();
        }
        try (StoreReading reading = StoreReading.open(place.settings())) {
            List<RunIndex.Entry> runs = runId == null
                    ? reading.index().runs()
                    : List.of(reading.index().get(runId));
            if (runs.isEmpty()) {
                console.line("no runs yet; `run trust` starts one, `demo` shows one");
            }
            runs.forEach(entry -> print(console, entry));
        }
        return ExitCode.DONE.status();
    }

    private static void print(Console console, RunIndex.Entry entry) {
        String line = "%-30s %-9s run_date %s up_id %d"
                .formatted(
                        entry.request().runId(),
                        entry.state(),
                        entry.request().runDate(),
                        entry.request().upId());
        if (entry.manifest().isPresent()) {
            Manifest manifest = entry.manifest().get();
            RowCounts rows = manifest.rows();
            long spans = manifest.spans().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            line += " exported %d scored %d already %d rejected %d empty %d spans %d"
                    .formatted(
                            rows.exported(), rows.scored(), rows.alreadyScored(), rows.rejected(), rows.empty(), spans);
        } else {
            line += " attempts %d; the same request resumes it".formatted(entry.attempts());
        }
        console.line(line);
    }
}
