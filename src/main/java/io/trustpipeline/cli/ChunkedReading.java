package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedRun;
import io.trustpipeline.chunked.ChunkedStatus;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Looks at the runs of the chunked update without changing anything. */
final class ChunkedReading {
    private final ChunkedRun run;
    private final Console console;

    ChunkedReading(Settings settings, Console console) {
        this.run = ChunkedEtlApplication.run(settings, console);
        this.console = console;
    }

    void status(@Nullable String runId) {
        List<ChunkedStatus> runs = runId == null ? run.runs() : List.of(run.status(runId));
        if (runs.isEmpty()) {
            console.line("no runs yet; `run chunked-etl` starts one");
        }
        runs.forEach(status -> console.line(line(status)));
    }

    void verify(String runId) {
        List<String> differences = run.verify(runId);
        if (!differences.isEmpty()) {
            throw new PipelineException(ExitCode.DATA_REFUSED, String.join(System.lineSeparator(), differences));
        }
        console.line("run " + runId + ": every chunk, key and count is as its plan and ledger say");
    }

    /** @param rowId the row's id, which is no secret, as the key is */
    void explain(String rowId) {
        List<String> lines = run.explain(rowId);
        if (lines.isEmpty()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "row \"" + rowId + "\": no run of this database listed it as not found again");
        }
        lines.forEach(console::line);
    }

    static String line(ChunkedStatus status) {
        return "%-30s %-8s chunks: pending %d locked %d stuck %d done %d failed %d; rows: %d of %d, updated %d, marked %d, unseen %d, without key %d; %.1f rows/s, %s"
                .formatted(
                        status.runId(),
                        status.result(),
                        status.pending(),
                        status.locked(),
                        status.stuck(),
                        status.done(),
                        status.failed(),
                        status.rowsDone(),
                        status.rowsPlanned(),
                        status.updated(),
                        status.marked(),
                        status.unseen(),
                        status.rowsWithoutKey(),
                        status.rowsPerSecond(),
                        status.secondsLeft() < 0 ? "time left unknown" : status.secondsLeft() + " s left");
    }
}
