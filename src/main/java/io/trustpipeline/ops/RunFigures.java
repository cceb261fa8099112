package io.trustpipeline.ops;

import io.trustpipeline.ops.Measurement.Unit;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.StageFigures;
import io.trustpipeline.run.StageRecord;
import io.trustpipeline.run.StoredObject;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The figures of a run that came to its end. */
public final class RunFigures {
    private RunFigures() {}

    /**
     * What a committed run did.
     *
     * @param run how long this attempt took
     */
    public static List<Measurement> of(Manifest manifest, Duration run) {
        List<Measurement> figures = new ArrayList<>();
        RowCounts rows = manifest.rows();
        figures.add(Measurement.of("RowsExported", Unit.COUNT, rows.exported()));
        figures.add(Measurement.of("RowsScored", Unit.COUNT, rows.scored()));
        figures.add(Measurement.of("RowsSkipped", Unit.COUNT, rows.alreadyScored() + rows.empty()));
        figures.add(Measurement.of("RowsRejected", Unit.COUNT, rows.rejected()));
        long spans =
                manifest.spans().values().stream().mapToLong(Long::longValue).sum();
        figures.add(Measurement.of("Spans", Unit.COUNT, spans));
        manifest.spans()
                .forEach((theme, count) -> figures.add(Measurement.of("Spans", Unit.COUNT, count, "Theme", theme)));
        long bytes = Stream.of(manifest.scored(), manifest.rejected(), List.of(manifest.ledger()))
                .flatMap(List::stream)
                .mapToLong(StoredObject::bytes)
                .sum();
        figures.add(Measurement.of("BytesWritten", Unit.BYTES, bytes));
        figures.add(Measurement.of("RunSeconds", Unit.SECONDS, seconds(run)));
        figures.addAll(tokensPerSecond(manifest));
        return figures;
    }

    /** Of one machine, however many there were. */
    private static List<Measurement> tokensPerSecond(Manifest manifest) {
        List<StageRecord> stages = manifest.stages();
        if (stages != null) {
            for (StageRecord stage : stages) {
                StageFigures took = stage.actual();
                if (stage.stage().equals(StageRecord.SCORE) && took != null && took.seconds() > 0) {
                    Long tokens = took.tokens();
                    if (tokens != null && tokens > 0) {
                        double rate = tokens / took.seconds();
                        return List.of(Measurement.of("TokensPerSecond", Unit.COUNT_PER_SECOND, rate));
                    }
                }
            }
        }
        return List.of();
    }

    /** How long stages took. */
    public static List<Measurement> stages(Map<String, Duration> stages) {
        return stages.entrySet().stream()
                .map(stage -> Measurement.of(
                        "StageSeconds", Unit.SECONDS, seconds(stage.getValue()), "Stage", stage.getKey()))
                .toList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
