package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunIndex;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code thresholds apply}: a run's rows with the thresholds of today. */
@Command(
        name = "apply",
        description = {
            "Cuts a run's output at the thresholds that thresholds.json has now, as a new run linked with the old one.",
            "Rows about which the old run does not know enough are scored; the rest needs no model."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ApplyThresholdsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "a run id")
    private String runId = "";

    @Option(names = "--run-id", paramLabel = "ID", description = "names the new run; RUN-recut-1 and so on if left out")
    private @Nullable String childId;

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws Exception {
        try (TrustApplication application =
                TrustApplication.start(place.settings(source.overrides()), progress.console())) {
            RunIndex.Entry parent = application.index().get(runId);
            if (parent.manifest().isEmpty()) {
                throw new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "run_id: \"" + runId + "\" has not committed; `redrive` goes on with it");
            }
            application.run(application.redrives().recut(parent.request(), childId));
        }
        return ExitCode.DONE.status();
    }
}
