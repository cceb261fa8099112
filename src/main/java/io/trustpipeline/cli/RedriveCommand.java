package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.concurrent.Callable;

/** {@code redrive RUN}: carries out the chunks of a run that failed or were cut off, and those alone. */
@Command(
        name = "redrive",
        description = "Carries out the chunks of a chunked-etl run that are not done.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RedriveCommand implements Callable<Integer> {
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
            ChunkedReport report = application.carryOut("chunked-etl", application.request(runId), ChunkedReport.class);
            return ChunkedEtlApplication.print(report, console).status();
        }
    }
}
