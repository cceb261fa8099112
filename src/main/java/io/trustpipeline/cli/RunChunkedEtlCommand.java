package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.chunked.ChunkedReport;
import io.trustpipeline.chunked.ChunkedRequest;
import io.trustpipeline.config.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code run chunked-etl}: finds again which visits clash, and updates their pairs. */
@Command(
        name = "chunked-etl",
        description = "Updates a PostgreSQL table in chunks, in parallel, each chunk once.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunChunkedEtlCommand implements Callable<Integer> {
    @Mixin
    private ChunkedOptions options = new ChunkedOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        ObjectNode fields = options.fields();
        Settings settings = options.settings();
        try (ChunkedEtlApplication application = ChunkedEtlApplication.start(settings, console)) {
            ChunkedRequest request = ChunkedOptions.request(fields, settings, application.runs());
            ChunkedReport report = application.carryOut("chunked-etl", request, ChunkedReport.class);
            return ChunkedEtlApplication.print(report, console).status();
        }
    }
}
