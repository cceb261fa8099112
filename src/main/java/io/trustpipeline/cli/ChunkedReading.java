package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedRuns;
import io.trustpipeline.chunked.ChunkedStatus;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** Looks at the runs of the chunked update without changing anything. */
final class ChunkedReading {
    private final ChunkedRuns runs;
    private final Console console;

    ChunkedReading(Settings settings, Console console) {
        this.runs = ChunkedEtlApplication.runs(settings);
        this.console = console;
    }

    void status(@Nullable String runId) {
        List<ChunkedStatus> found = runId == null ? runs.runs() : List.of(runs.status(runId));
        if (found.isEmpty()) {
            console.line("no runs yet; `run chunked-etl` starts one");
        }
        found.forEach(status -> console.line(line(status)));
        if (runId != null) {
            runs.chunks(runId).forEach(console::line);
        }
    }

    void verify(String runId) {
        List<String> differences = runs.verify(runId);
        if (!differences.isEmpty()) {
            throw new PipelineException(ExitCode.DATA_REFUSED, String.join(System.lineSeparator(), differences));
        }
        console.line("run " + runId + ": every chunk, key and count is as its plan and ledger say");
    }

    /** @param rowId the row's id, which is no secret, as the key is */
    void explain(String rowId) {
        List<String> lines = runs.explain(rowId);
        if (lines.isEmpty()) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, "row \"" + rowId + "\": was in no chunk of any run of this database");
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
