package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;

/** {@code explain KEY}: what became of one comment. */
@Command(
        name = "explain",
        description = "Says in which runs a comment was, what became of it there, by which model, and why.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ExplainCommand implements Callable<Integer> {
    @Parameters(paramLabel = "KEY", description = "a comment_unique_key; a customer_id of features")
    private String key = "";

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        Console console = Console.standard();
        if (pipeline.chunked()) {
            new ChunkedReading(place.settings(pipeline.overrides()), console).explain(key);
            return ExitCode.DONE.status();
        }
        if (pipeline.features()) {
            try (FeaturesReading days = new FeaturesReading(place.settings(), console)) {
                days.explain(key);
            }
            return ExitCode.DONE.status();
        }
        try (StoreReading reading = StoreReading.open(place.settings())) {
            List<String> lines = reading.explanation().explain(key);
            if (lines.isEmpty()) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED, "comment_unique_key: \"" + key + "\" was in no run of this store");
            }
            lines.forEach(console::line);
        }
        return ExitCode.DONE.status();
    }
}
