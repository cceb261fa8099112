package io.trustpipeline.run;

import io.trustpipeline.store.ObjectStore;

import java.time.Clock;

/** Holds the runs of this process, one after the other, to what their requests allow them. */
public final class RunLimits {
    private final RunObjects objects;
    private final Prices prices;
    private final StopSignal stop;
    private final Clock clock;

    /** @param stop what the work of this process looks at */
    public RunLimits(ObjectStore store, Prices prices, StopSignal stop, Clock clock) {
        this.objects = new RunObjects(store);
        this.prices = prices;
        this.stop = stop;
        this.clock = clock;
    }

    /** For a run that starts now. */
    public void begin(Limits limits) {
        stop.limitTo(limits.moments(prices, clock, clock.instant(), 1));
    }

    /**
     * For shards of a run that another process has started: its time goes on, and of its money each shard has its share.
     * Called by a route; the body passes unchanged.
     */
    public void share(Planned planned) {
        Run run = planned.run();
        objects.read(run.layout().attempt(run.attempt()), Attempt.class)
                .filter(attempt -> attempt.limits() != null)
                .ifPresent(attempt -> stop.limitTo(Limits.of(attempt.limits())
                        .moments(
                                prices,
                                clock,
                                attempt.startedAt(),
                                (double) planned.shards().size()
                                        / planned.plan().shards().size())));
    }
}
