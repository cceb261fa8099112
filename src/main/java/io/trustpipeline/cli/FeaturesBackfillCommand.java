package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.Dataset;
import io.trustpipeline.features.Definitions;
import io.trustpipeline.features.FeatureReport;
import io.trustpipeline.features.FeatureRequest;
import io.trustpipeline.features.Scope;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunIds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** {@code features backfill}: a run for each day that has none. */
@Command(
        name = "backfill",
        description = "Runs the days that are not published and in the table yet, several at once; a line a day.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class FeaturesBackfillCommand implements Callable<Integer> {
    @Option(names = "--from", required = true, paramLabel = "YYYY-MM-DD", description = "the first day")
    private LocalDate from = LocalDate.EPOCH;

    @Option(names = "--to", required = true, paramLabel = "YYYY-MM-DD", description = "the last day, included")
    private LocalDate to = LocalDate.EPOCH;

    @Option(
            names = "--concurrency",
            paramLabel = "N",
            defaultValue = "2",
            description = "days at once, each with a DuckDB of its own; ${DEFAULT-VALUE} if left out")
    private int concurrency = 2;

    @Option(names = "--again", description = "days that are done as well, for rows that came late")
    private boolean again;

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        if (to.isBefore(from) || concurrency < 1) {
            throw new PipelineException(
                    ExitCode.REQUEST_REFUSED,
                    "--from " + from + " --to " + to + " --concurrency " + concurrency
                            + ": right is a day, a day not before it, and at least 1");
        }
        Settings settings = features.settings();
        String input = features.in() != null
                ? features.in()
                : settings.features().input().orElseThrow(RunFeaturesCommand::noInput);
        Definitions definitions = features.definitions();
        ExecutorService days = Executors.newFixedThreadPool(concurrency);
        try (FeaturesApplication application = FeaturesApplication.start(settings, definitions)) {
            List<Future<Integer>> ends = new ArrayList<>();
            for (LocalDate day = from; !day.isAfter(to); day = day.plusDays(1)) {
                FeatureRequest request = new FeatureRequest(
                        "backfill-" + day + "-" + RunIds.next(Clock.systemUTC(), new SecureRandom()),
                        day,
                        Dataset.FULL,
                        Scope.Mode.DAY,
                        input,
                        definitions.digest(),
                        null);
                ends.add(days.submit(() -> run(application, request, console)));
            }
            return worst(ends);
        } finally {
            days.shutdown();
        }
    }

    private int run(FeaturesApplication application, FeatureRequest request, Console console) {
        if (!again && application.isDone(request)) {
            console.line(request.date() + " done already");
            return ExitCode.DONE.status();
        }
        try {
            Shutdown.SIGNAL.check();
            FeatureReport report = application.run(request);
            console.line("%s %s, %,d rows, %,d customers, %.2f s"
                    .formatted(
                            request.date(),
                            report.result(),
                            report.computed().rowsSeen(),
                            report.computed().customers(),
                            report.computed().seconds()));
            return ExitCode.DONE.status();
        } catch (PipelineException e) {
            console.line(request.date() + " " + e.exitCode() + ": " + e.getMessage());
            return e.exitCode().status();
        }
    }

    /** One day that failed does not keep the others from being done, but the end says so. */
    private static int worst(List<Future<Integer>> ends) throws InterruptedException, ExecutionException {
        int worst = ExitCode.DONE.status();
        for (Future<Integer> end : ends) {
            worst = Math.max(worst, end.get());
        }
        return worst;
    }
}
