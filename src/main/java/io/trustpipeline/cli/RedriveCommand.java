package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedReport;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Redrives;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RunIndex;
import io.trustpipeline.run.RunRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code redrive RUN}: does what a run left undone, and that alone. */
@Command(
        name = "redrive",
        description = {
            "Scores the rows that a trust run rejected, with today's build and models, as a run of their own;",
            "goes on with a run that was cut off, and with the chunks of a chunked-etl run that are not done."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RedriveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "a run id")
    private String runId = "";

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "names the new run; RUN-redrive-1 and so on if left out")
    private @Nullable String childId;

    @Mixin
    private PipelineOption pipeline = new PipelineOption();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = progress.console();
        if (pipeline.chunked()) {
            try (ChunkedEtlApplication application =
                    ChunkedEtlApplication.start(place.settings(pipeline.overrides()), console)) {
                ChunkedReport report =
                        application.carryOut("chunked-etl", application.request(runId), ChunkedReport.class);
                return ChunkedEtlApplication.print(report, console).status();
            }
        }
        Settings settings = place.settings(source.overrides());
        try (TrustApplication application = TrustApplication.start(settings, console)) {
            redrive(application, console);
        }
        return ExitCode.DONE.status();
    }

    private void redrive(TrustApplication application, Console console) throws Exception {
        RunIndex.Entry entry = application.index().get(runId);
        RunRequest request = entry.request();
        if (entry.manifest().isEmpty()) {
            console.line("run " + runId + " has not committed; it goes on where it stopped");
            application.run(RequestFields.of(request));
            return;
        }
        Redrives.Rows rows = application.rejected(request);
        if (rows.forTheirKeys() > 0) {
            console.line(
                    "%d rows stay rejected for their keys; `explain` says why, the warehouse must mend them, and a new run takes them up"
                            .formatted(rows.forTheirKeys()));
        }
        if (rows.toScore() == 0) {
            console.line("run " + runId + " has no other rejected rows; there is nothing to redrive");
            return;
        }
        application.run(application.redrives().request(request, childId));
    }
}
