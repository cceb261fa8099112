package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.config.Settings;
import io.trustpipeline.features.Dataset;
import io.trustpipeline.features.Definitions;
import io.trustpipeline.features.FeatureRequest;
import io.trustpipeline.features.Scope;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code run features}: the features of a day, published and in the table. */
@Command(
        name = "features",
        description = "Computes the features of a day, publishes them as Parquet, and puts them into the table.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunFeaturesCommand implements Callable<Integer> {
    @Mixin
    private RunDateOption date = new RunDateOption();

    @Option(names = "--run-id", paramLabel = "ID", description = "names the run; the same id resumes it")
    private @Nullable String runId;

    @Option(
            names = "--dataset",
            paramLabel = "NAME",
            description = "full, small (the first 500 rows), medium (1,000), large (2,000) or sample (200,000);"
                    + " full if left out")
    private @Nullable String dataset;

    @Option(
            names = "--mode",
            paramLabel = "day|file",
            description = "rows of the run date's windows, or every row of the input; day if left out")
    private @Nullable String mode;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "whom to tell")
    private @Nullable String email;

    @Mixin
    private InputOption input = new InputOption();

    @Mixin
    private FeatureOptions features = new FeatureOptions();

    @Override
    public Integer call() throws Exception {
        DuckDb.loadAhead();
        Console console = Console.standard();
        ObjectNode flags = InputOption.flags();
        InputOption.put(flags, "run_date", date.given());
        InputOption.put(flags, "run_id", runId);
        InputOption.put(flags, "dataset", dataset == null ? null : dataset.toLowerCase(Locale.ROOT));
        InputOption.put(flags, "mode", mode == null ? null : mode.toLowerCase(Locale.ROOT));
        InputOption.put(flags, "email", email);
        InputOption.put(flags, "in", features.in());
        ObjectNode fields = new RequestReader("features").readObject(input.request(flags));
        Settings settings = features.settings();
        Definitions definitions = features.definitions();
        FeatureRequest request = request(fields, settings, definitions);
        try (FeaturesApplication application = FeaturesApplication.start(settings, definitions)) {
            FeaturesApplication.print(application.run(request), console);
        }
        return ExitCode.DONE.status();
    }

    private FeatureRequest request(ObjectNode fields, Settings settings, Definitions definitions) {
        return new FeatureRequest(
                text(fields, "run_id", RunIds.next(Clock.systemUTC(), new SecureRandom())),
                fields.has("run_date")
                        ? LocalDate.parse(fields.get("run_date").textValue())
                        : date.date(System.getenv(), Clock.systemUTC()),
                Dataset.valueOf(text(fields, "dataset", "full").toUpperCase(Locale.ROOT)),
                Scope.Mode.valueOf(text(fields, "mode", "day").toUpperCase(Locale.ROOT)),
                fields.has("in")
                        ? fields.get("in").textValue()
                        : settings.features().input().orElseThrow(RunFeaturesCommand::noInput),
                definitions.digest(),
                fields.has("email") ? fields.get("email").textValue() : null);
    }

    private static String text(ObjectNode fields, String name, String otherwise) {
        return fields.has(name) ? fields.get(name).textValue() : otherwise;
    }

    static PipelineException noInput() {
        return new PipelineException(
                ExitCode.CONFIGURATION,
                "trust.features.input: missing; right is a Parquet file, a folder or s3://bucket/prefix (--in)");
    }
}
