package io.trustpipeline.score;

import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.ShardTally;
import io.trustpipeline.table.ParquetSink;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes what became of rows, and counts each once. Belongs to one thread. */
final class OutcomeWriter {
    private final ScoredRows output;
    private final ParquetSink scored;
    private final ParquetSink rejected;
    private final SortedMap<String, Long> spans = new TreeMap<>();
    private RowCounts counts = RowCounts.NONE;

    OutcomeWriter(ScoredRows output, ParquetSink scored, ParquetSink rejected) {
        this.output = output;
        this.scored = scored;
        this.rejected = rejected;
    }

    void write(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Scored it) {
                counts = counts.plus(new RowCounts(1, 1, 0, 0, 0));
                output.write(it, scored::write);
                it.spans().forEach(span -> spans.merge(span.theme(), 1L, Long::sum));
            } else if (outcome instanceof Outcome.AlreadyScored) {
                counts = counts.plus(new RowCounts(1, 0, 1, 0, 0));
            } else if (outcome instanceof Outcome.Rejected it) {
                counts = counts.plus(new RowCounts(1, 0, 0, 1, 0));
                rejected.write(RejectedRows.row(it));
            } else {
                counts = counts.plus(new RowCounts(1, 0, 0, 0, 1));
            }
        }
    }

    RowCounts counts() {
        return counts;
    }

    /**
     * What was written.
     *
     * @param rejectedSha256 of the file with the rejected rows, if there are any
     * @param nearSha256 of the file with the near misses, if there are any
     * @param nearFrom from which share of their thresholds on these are complete, by theme
     */
    ShardTally tally(@Nullable String rejectedSha256, @Nullable String nearSha256, SortedMap<String, Float> nearFrom) {
        return new ShardTally(counts, spans, rejectedSha256, nearSha256, nearFrom);
    }
}
