package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.concurrent.Callable;

/** {@code check RUN}: ends a run whose chunks were carried out by tasks of their own. */
@Command(
        name = "check",
        description =
                "Looks at the result of a chunked-etl run whose chunks were carried out by `chunk`, and tells people.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", description = "a run id")
    private String runId = "";

    @Option(names = "--database", paramLabel = "URL", description = "jdbc:postgresql://host:5432/database")
    private String database = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        Map<String, String> overrides = database.isEmpty() ? Map.of() : Map.of("trust.database.url", database);
        try (ChunkedEtlApplication application = ChunkedEtlApplication.start(place.settings(overrides), console)) {
            ChunkedReport report =
                    application.carryOut("chunked-etl-checked", application.request(runId), ChunkedReport.class);
            return ChunkedEtlApplication.print(report, console).status();
        }
    }
}
