package io.trustpipeline.score;

import io.trustpipeline.run.Plan;
import io.trustpipeline.table.ParquetSink;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the near misses of a shard: the columns of the scored rows, and before which of them each one stands. However
 * many there are, the file is bounded: where a theme has too many, only those still nearer to the threshold are written
 * from then on. Belongs to one thread.
 */
final class NearRows {
    /** The number of the scored row that a near miss stands before. */
    static final String BEFORE = "before_scored_row";

    private static final int MOST_A_ROW = 4;
    private static final int ALWAYS = 1_000;
    /** Nearer than this is not worth a row. */
    private static final float NEAREST = 0.99f;

    /** What its rows have besides the columns of the scored rows. */
    static final Type COLUMN = Types.required(PrimitiveTypeName.INT64).named(BEFORE);

    private final ScoredRows output;
    private final ParquetSink sink;
    private final long most;
    private final Map<String, Plan.Theme> themes = new HashMap<>();
    private final Map<String, Long> written = new HashMap<>();
    private final SortedMap<String, Float> from = new TreeMap<>();
    private long scoredRows;

    /**
     * Those of a shard.
     *
     * @param rows of the shard
     * @param known from which share of their thresholds on some themes' spans are known, where that is not all
     */
    NearRows(ScoredRows output, ParquetSink sink, List<Plan.Theme> planned, long rows, Map<String, Float> known) {
        this.output = output;
        this.sink = sink;
        this.most = MOST_A_ROW * rows + ALWAYS;
        for (Plan.Theme theme : planned) {
            themes.put(theme.name(), theme);
            from.put(theme.name(), known.getOrDefault(theme.name(), NearMiss.SHARE));
        }
    }

    /** Writes those of some outcomes, whose spans become the next scored rows. */
    void write(List<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Outcome.Scored scored) {
                for (NearMiss near : scored.near()) {
                    write(scored, near);
                }
                scoredRows += scored.spans().size();
            }
        }
    }

    private void write(Outcome.Scored scored, NearMiss near) {
        ThemeSpan span = near.span();
        float share = from.getOrDefault(span.theme(), 1f);
        if (share == 1 || span.score() < share * threshold(span)) {
            return;
        }
        Group row = output.row(scored.comment().source(), span);
        row.add(BEFORE, scoredRows + near.before());
        sink.write(row);
        if (written.merge(span.theme(), 1L, Long::sum) > most) {
            float nearer = (1 + share) / 2;
            from.put(span.theme(), nearer > NEAREST ? 1 : nearer);
            written.put(span.theme(), 0L);
        }
    }

    private float threshold(ThemeSpan span) {
        Plan.Theme theme = themes.get(span.theme());
        return theme == null ? 0 : theme.threshold(span.label()).orElse(0f);
    }

    /** By theme, from which share of its thresholds on everything is there; 1 where nothing is. */
    SortedMap<String, Float> from() {
        return from;
    }
}
