package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkTask;
import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.Map;
import java.util.concurrent.Callable;

/** {@code chunk RUN ID}: what a task of the state machine does. Many run at once. */
@Command(
        name = "chunk",
        description = "Carries out one chunk of a chunked-etl run that is planned, unless it is done.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ChunkCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "RUN", description = "a run id")
    private String runId = "";

    @Parameters(index = "1", paramLabel = "CHUNK", description = "a chunk's id in the plan: 0, 1, …")
    private int chunkId;

    @Option(names = "--database", paramLabel = "URL", description = "jdbc:postgresql://host:5432/database")
    private String database = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        Map<String, String> overrides = database.isEmpty() ? Map.of() : Map.of("trust.database.url", database);
        try (ChunkedEtlApplication application = ChunkedEtlApplication.startTask(place.settings(overrides), console)) {
            ChunkTask.Ask ask = new ChunkTask.Ask(application.request(runId), chunkId);
            application.carryOut("chunked-etl-chunk", ask, ChunkTask.Ask.class);
            console.line("run " + runId + ", chunk " + chunkId + ": done");
            return ExitCode.DONE.status();
        }
    }
}
