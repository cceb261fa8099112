package io.trustpipeline.score;

import io.trustpipeline.run.StopSignal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** The step of the score stage that turns a batch of rows into outcomes, in the order of the rows. */
public final class BatchScoring {
    private final Supplier<Scorer> scorer;
    private final StopSignal stop;

    /** @param scorer asked for when there is something to score */
    public BatchScoring(Supplier<Scorer> scorer, StopSignal stop) {
        this.scorer = scorer;
        this.stop = stop;
    }

    public List<Outcome> score(ShardBatch batch) {
        stop.check();
        List<Outcome> outcomes = new ArrayList<>(batch.decided());
        if (!batch.toScore().isEmpty()) {
            outcomes.addAll(scorer.get().score(batch.toScore()));
        }
        outcomes.sort(Comparator.comparingLong(outcome -> outcome.comment().row()));
        return outcomes;
    }
}
