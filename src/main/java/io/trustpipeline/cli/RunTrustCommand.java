package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
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
    @Option(names = "--run-date", paramLabel = "YYYY-MM-DD", description = "names the raw partition; today if left out")
    private @Nullable String runDate;

    @Option(names = "--run-id", paramLabel = "ID", description = "names the run; the same id resumes it")
    private @Nullable String runId;

    @Option(names = "--up-id", paramLabel = "N", description = "the client organisation; 7168 if left out")
    private @Nullable String upId;

    @Option(names = "--email", paramLabel = "ADDRESS", description = "whom to tell")
    private @Nullable String email;

    @Mixin
    private InputOption input = new InputOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws Exception {
        RequestFields fields = new RequestReader("trust").read(request());
        try (TrustApplication application =
                TrustApplication.start(place.settings(source.overrides()), Console.standard())) {
            application.run(fields);
        }
        return ExitCode.DONE.status();
    }

    private String request() throws JsonProcessingException {
        ObjectNode flags = InputOption.flags();
        InputOption.put(flags, "run_date", runDate);
        InputOption.put(flags, "run_id", runId);
        InputOption.put(flags, "up_id", upId);
        InputOption.put(flags, "email", email);
        return input.request(flags);
    }
}
