package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.TrainingReport;
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
import java.time.Clock;
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
    /** Of the days before the last one. */
    private static final int DAYS = 90;

    @Option(
            names = "--from",
            paramLabel = "YYYY-MM-DD",
            description = "the first day; " + DAYS + " before the last if left out")
    private @Nullable LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "YYYY-MM-DD",
            description =
                    "the last day, included; that of " + RunDateOption.VARIABLE + ", else today in UTC, if left out")
    private @Nullable LocalDate to;

    @Option(
            names = "--label",
            paramLabel = "FEATURE",
            defaultValue = "trip_count_1d",
            description = "the figure of the day after that is to be foretold; ${DEFAULT-VALUE} if left out")
    private String label = "";

    @Option(names = "--out", paramLabel = "FILE", description = "the rows, as Parquet; into the store if left out")
    private @Nullable Path out;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws IOException {
        LocalDate last = to != null ? to : new RunDateOption().date(System.getenv(), Clock.systemUTC());
        LocalDate first = from != null ? from : last.minusDays(DAYS);
        if (last.isBefore(first)) {
            throw new PipelineException(ExitCode.REQUEST_REFUSED, "--to " + last + " is before --from " + first);
        }
        Settings settings = place.settings();
        Path scratch = Files.createDirectories(settings.run()
                .home()
                .resolve("work/training-" + ProcessHandle.current().pid()));
        try (OpenStore store = out == null
                ? OpenStore.forWriting(settings, FeaturesApplication.PREFIX)
                : OpenStore.forReading(settings, FeaturesApplication.PREFIX)) {
            TrainingSet training = new TrainingSet(store.objects(), scratch);
            Path file = out == null ? scratch.resolve("training.parquet") : out;
            TrainingReport report = training.write(first, last, label, file);
            String where = out == null
                    ? "s3://" + store.objects().bucket() + "/" + training.keep(report, file)
                    : file.toString();
            print(report, where, Console.standard());
        } finally {
            new Workspace(scratch).clear();
        }
        return ExitCode.DONE.status();
    }

    private static void print(TrainingReport report, String where, Console console) {
        console.line("%,d rows in %s, %,d of them held out (the last fifth of the days)"
                .formatted(report.rows(), where, report.heldOut()));
        console.line("mean absolute error on those: the training mean %s, tomorrow as today %s, a line through today %s"
                .formatted(shown(report.constant()), shown(report.persistence()), shown(report.regression())));
        console.line(
                report.worthwhile()
                        ? "The line is the best of the three: %s = %s + %s x today's"
                                .formatted(report.label(), shown(report.intercept()), shown(report.slope()))
                        : "The line is no better than what learns nothing: there is no model worth using.");
    }

    private static String shown(@Nullable Double error) {
        return error == null ? "unknown" : "%.4g".formatted(error);
    }
}
