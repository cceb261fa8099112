package io.trustpipeline.run;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How long the stages of this attempt take: a route says when each begins, which ends the one before. For one run at a
 * time.
 */
public final class StageTimes {
    public static final String EXPORT = "export";
    public static final String PLAN = "plan";
    public static final String SCORE = "score";

    private static final String COMMIT = "commit";

    private final LongSupplier nanoTime;
    private final LongSupplier tokens;
    private final Prices prices;
    private final StopSignal stop;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private @Nullable String current;
    private long since;

    /**
     * @param nanoTime the clock
     * @param tokens how many the models have looked at so far
     * @param stop asked whenever a stage begins
     */
    public StageTimes(LongSupplier nanoTime, LongSupplier tokens, Prices prices, StopSignal stop) {
        this.nanoTime = nanoTime;
        this.tokens = tokens;
        this.prices = prices;
        this.stop = stop;
    }

    /** Called by a route; the body passes unchanged. */
    public synchronized void begin(String stage) {
        stop.check();
        end();
        current = stage;
        since = nanoTime.getAsLong();
    }

    private void end() {
        String ended = current;
        if (ended != null) {
            seconds.merge(ended, (nanoTime.getAsLong() - since) / 1e9, Double::sum);
            since = nanoTime.getAsLong();
        }
    }

    /** The stages of a run that is about to commit, beside what was expected of them. */
    synchronized List<StageRecord> records(RowCounts rows, @Nullable Estimate estimate) {
        end();
        List<StageRecord> records = new ArrayList<>();
        for (String stage : List.of(EXPORT, PLAN, SCORE, COMMIT)) {
            StageFigures expected = estimate == null ? null : expected(stage, estimate);
            Double took = seconds.get(stage);
            boolean scores = stage.equals(SCORE);
            StageFigures actual = took == null
                    ? null
                    : StageFigures.of(
                            scores ? rows.scored() : rows.exported(), scores ? tokens.getAsLong() : null, took, prices);
            if (expected != null || actual != null) {
                records.add(new StageRecord(stage, expected, actual));
            }
        }
        return records;
    }

    private static @Nullable StageFigures expected(String stage, Estimate estimate) {
        return estimate.stages().stream()
                .filter(each -> each.name().equals(stage))
                .map(Estimate.Stage::figures)
                .findFirst()
                .orElse(null);
    }
}
