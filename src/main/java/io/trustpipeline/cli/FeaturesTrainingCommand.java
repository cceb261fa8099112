package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.TrainingSet;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.Callable;

/** {@code features training}: what the weekly slot does. */
@Command(
        name = "training",
        description = "Writes rows to learn from: the features of a day, and a figure of the day after; says how simple"
                + " models err on the days held out.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FeaturesTrainingCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "YYYY-MM-DD", description = "the first day")
    private LocalDate from = LocalDate.EPOCH;

    @Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "the last day, included")
    private LocalDate to = LocalDate.EPOCH;

    @Option(
            names = "--label",
            paramLabel = "FEATURE",
            defaultValue = "trip_count_1d",
            description = "the figure of the day after that is to be foretold; ${DEFAULT-VALUE} if left out")
    private String label = "";

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "the rows, as Parquet")
    private Path out = Path.of("");

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws IOException {
        Console console = Console.standard();
        if (to.isBefore(from)) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, "--to " + to + " is before --from " + from);
        }
        Settings settings = place.settings();
        Path scratch = Files.createDirectories(settings.run()
                .home()
                .resolve("work/training-" + ProcessHandle.current().pid()));
        try (OpenStore store = OpenStore.forReading(settings, FeaturesApplication.PREFIX)) {
            TrainingSet.Written written = new TrainingSet(store.objects(), scratch).write(from, to, label, out);
            console.line("%,d rows in %s, %,d of them held out (the last fifth of the days)"
                    .formatted(written.rows(), out, written.heldOut()));
            console.line(
                    "mean absolute error on those: the training mean %s, tomorrow as today %s, a line through today %s"
                            .formatted(
                                    shown(written.constant()),
                                    shown(written.persistence()),
                                    shown(written.regression())));
            console.line("No model is kept: these are baselines that a model would have to beat.");
        } finally {
            new Workspace(scratch).clear();
        }
        return ExitCode.DONE.status();
    }

    private static String shown(@Nullable Double error) {
        return error == null ? "unknown" : "%.4g".formatted(error);
    }
}
