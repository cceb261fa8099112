package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.chunked.ChunkedRequest;
import io.trustpipeline.chunked.ChunkedRun;
import io.trustpipeline.chunked.PlanObject;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code plan chunked-etl}: takes the snapshot, groups the keys into chunks, and updates nothing. */
@Command(
        name = "chunked-etl",
        description =
                "Plans a chunked-etl run: its snapshot and its chunks; `run chunked-etl` with the same id goes on.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PlanChunkedEtlCommand implements Callable<Integer> {
    @Mixin
    private ChunkedOptions options = new ChunkedOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        ObjectNode fields = options.fields();
        Settings settings = options.settings();
        try (ChunkedEtlApplication application = ChunkedEtlApplication.start(settings, console)) {
            ChunkedRequest request = ChunkedOptions.request(fields, settings, application.runs());
            ChunkedRun.Claimed planned = application.carryOut("chunked-etl-planned", request, ChunkedRun.Claimed.class);
            PlanObject plan = application.plan(planned);
            console.line("run " + plan.runId());
            for (PlanObject.Chunk chunk : plan.chunks()) {
                console.line("chunk %d: %d rows, %d keys, %s to %s%s"
                        .formatted(
                                chunk.chunkId(),
                                chunk.estimatedRows(),
                                chunk.numKeys(),
                                chunk.firstKey(),
                                chunk.lastKey(),
                                chunk.oversize() ? ", one key larger than the maximum" : ""));
            }
            console.line("%d rows in %d chunks, %d at a time; %d rows without a key are left alone"
                    .formatted(plan.totalRows(), plan.numChunks(), plan.concurrency(), plan.rowsWithoutKey()));
        }
        return ExitCode.DONE.status();
    }
}
