package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedStatus;
import io.trustpipeline.ops.Measurement;
import io.trustpipeline.ops.Measurement.Unit;

import java.time.Duration;
import java.util.List;

/** The figures of a chunked update; those of each chunk stand in the log. */
final class ChunkedFigures {
    private ChunkedFigures() {}

    static List<Measurement> of(ChunkedStatus status, Duration run) {
        return List.of(
                Measurement.of("RowsMarked", Unit.COUNT, status.marked()),
                Measurement.of("RowsUpdated", Unit.COUNT, status.updated()),
                Measurement.of("RowsPerSecond", Unit.COUNT_PER_SECOND, status.rowsPerSecond()),
                Measurement.of("ChunksDone", Unit.COUNT, status.done()),
                Measurement.of("ChunksFailed", Unit.COUNT, status.failed()),
                Measurement.of("RunSeconds", Unit.SECONDS, run.toMillis() / 1000.0));
    }
}
