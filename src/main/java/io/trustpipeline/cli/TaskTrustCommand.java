package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.PlannedRuns;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code task trust}: the steps of a trust run that is carried out by many tasks. Each may come twice, or late. */
@Command(
        name = "trust",
        description = "The steps of a trust run: prepare, then score for each shard, then commit.",
        synopsisSubcommandLabel = "STEP",
        mixinStandardHelpOptions = true)
final class TaskTrustCommand {
    private static final Console PROGRESS = new Console(System.err, false);

    @Command(
            name = "prepare",
            description =
                    "Claims the run, exports, plans and lists the shards; does all the rest too if the run is small.",
            mixinStandardHelpOptions = true)
    int prepare(
            @Option(
                            names = "--input",
                            paramLabel = "JSON",
                            defaultValue = "${env:REQUEST}",
                            description = "the request; the environment's REQUEST if left out")
                    @Nullable
                    String request,
            @Mixin PlaceOptions place,
            @Mixin SourceOptions source) {
        return TaskReport.environment().of(() -> {
            RequestFields fields = new RequestReader("trust").read(request == null ? "{}" : request);
            return step(place.settings(source.overrides()), true, "prepare", fields);
        });
    }

    @Command(
            name = "score",
            description = "Scores one shard of a run that is prepared, unless it is done.",
            mixinStandardHelpOptions = true)
    int score(
            @Option(names = "--run-id", paramLabel = "ID", required = true, description = "the run") String runId,
            @Option(
                            names = "--shard",
                            paramLabel = "N",
                            required = true,
                            description = "its number in the plan: 0, 1, …")
                    int shard,
            @Mixin PlaceOptions place,
            @Mixin SourceOptions source) {
        return TaskReport.environment()
                .of(() -> step(place.settings(source.overrides()), true, "score", new PlannedRuns.Ask(runId, shard)));
    }

    @Command(
            name = "commit",
            description = "Commits a run whose shards are all done, and tells people, unless that is done.",
            mixinStandardHelpOptions = true)
    int commit(
            @Option(names = "--run-id", paramLabel = "ID", required = true, description = "the run") String runId,
            @Mixin PlaceOptions place) {
        return TaskReport.environment().of(() -> step(place.settings(), false, "commit", runId));
    }

    private static Object step(Settings settings, boolean scoring, String route, Object body) throws Exception {
        try (TrustApplication application = TrustApplication.startTask(settings, PROGRESS, scoring)) {
            return application.task(route, body);
        }
    }
}
