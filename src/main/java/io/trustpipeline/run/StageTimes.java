package io.trustpipeline.run;

import org.jspecify.annotations.Nullable;

import java.util.function.LongSupplier;

/**
 * What stages of this attempt take: each begins to count when it begins, and says what it took in the object that it
 * leaves, so that it is known whoever commits. For one run at a time.
 */
public final class StageTimes {
    private final LongSupplier nanoTime;
    private final LongSupplier tokens;
    private final Prices prices;
    private final StopSignal stop;
    private long since;
    private long tokensBefore;

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
        this.since = nanoTime.getAsLong();
    }

    /** A stage begins, or the next shard of one. */
    public synchronized void begin() {
        stop.check();
        since = nanoTime.getAsLong();
        tokensBefore = tokens.getAsLong();
    }

    /** What a stage took that asks no model. */
    public synchronized StageFigures took(long rows) {
        return figures(rows, null);
    }

    /** What it took to score rows. */
    public synchronized StageFigures tookToScore(long rows) {
        return figures(rows, tokens.getAsLong() - tokensBefore);
    }

    private StageFigures figures(long rows, @Nullable Long tokens) {
        return StageFigures.of(rows, tokens, (nanoTime.getAsLong() - since) / 1e9, prices);
    }
}
