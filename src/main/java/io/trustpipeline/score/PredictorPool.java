package io.trustpipeline.score;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Predictors for the threads that need one; as many are made as work at a time, and used again. Safe for use by several
 * threads.
 */
final class PredictorPool<P> implements AutoCloseable {
    private final Supplier<P> maker;
    private final Consumer<P> closer;
    private final Queue<P> idle = new ConcurrentLinkedQueue<>();

    PredictorPool(Supplier<P> maker, Consumer<P> closer) {
        this.maker = maker;
        this.closer = closer;
    }

    /** What is done with a predictor that nobody else has meanwhile. */
    interface Work<P, T> {
        T with(P predictor);
    }

    <T> T borrow(Work<P, T> work) {
        P known = idle.poll();
        P predictor = known == null ? maker.get() : known;
        try {
            return work.with(predictor);
        } finally {
            idle.add(predictor);
        }
    }

    /** Closes the predictors, none of which may be in use; more are made when they are needed again. */
    @Override
    public void close() {
        for (P predictor = idle.poll(); predictor != null; predictor = idle.poll()) {
            closer.accept(predictor);
        }
    }
}
