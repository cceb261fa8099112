package io.trustpipeline.cli;

import io.trustpipeline.cloud.ExecutionEnd;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Limits;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code run trust}: comments to scored spans. */
@Command(
        name = "trust",
        description = "Exports the comments of one client, scores them with every theme, commits, and tells people.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunTrustCommand implements Callable<Integer> {
    @Mixin
    private TrustRequestOptions request = new TrustRequestOptions();

    @Option(
            names = "--max-minutes",
            paramLabel = "N",
            description = "refuse a run that would take longer, and stop, to be resumed, one that does")
    private @Nullable Double maxMinutes;

    @Option(
            names = "--max-cost",
            paramLabel = "N",
            description = "refuse a run that would cost more, by the settings trust.price, and stop one that does")
    private @Nullable Double maxCost;

    @Option(
            names = "--cloud",
            description = "starts an execution of the state machine in AWS and watches it, instead of running here")
    private boolean cloud;

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws Exception {
        Limits limits = new Limits(maxMinutes, maxCost).valid();
        RequestFields asked = request.fields();
        RequestFields fields = asked.within(limits.or(asked.limits()));
        if (cloud) {
            return inCloud(fields);
        }
        try (TrustApplication application =
                TrustApplication.start(place.settings(source.overrides()), progress.console())) {
            application.run(fields);
        }
        return ExitCode.DONE.status();
    }

    private int inCloud(RequestFields fields) throws Exception {
        Console console = progress.console();
        try (CloudApplication application = CloudApplication.start(place.settings(source.overrides()), console)) {
            ExecutionEnd end = application.run(fields, Shutdown.SIGNAL);
            if (end.exitCode() != ExitCode.DONE) {
                throw new PipelineException(end.exitCode(), end.message());
            }
            console.line(end.message());
            return ExitCode.DONE.status();
        }
    }
}
