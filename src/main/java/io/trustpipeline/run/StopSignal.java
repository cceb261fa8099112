package io.trustpipeline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Set when somebody asks the program to stop; long work looks at it between batches. Thread-safe. */
public final class StopSignal {
    private final CountDownLatch stopped;
    private final Set<Interruption> interruptions;
    private final List<Limit> limits;

    /** A moment at which work has to stop, and the words for it. */
    private record Limit(Clock clock, Instant end, String reason) {}

    public StopSignal() {
        this(new CountDownLatch(1), ConcurrentHashMap.newKeySet(), List.of());
    }

    private StopSignal(CountDownLatch stopped, Set<Interruption> interruptions, List<Limit> limits) {
        this.stopped = stopped;
        this.interruptions = interruptions;
        this.limits = limits;
    }

    /** The same signal, for work that has to stop at a moment whatever else happens. */
    public StopSignal until(Clock clock, Instant end, String reason) {
        Limit limit = new Limit(clock, end, reason);
        return new StopSignal(
                stopped,
                interruptions,
                Stream.concat(limits.stream(), Stream.of(limit)).toList());
    }

    /** Work that cannot look at the signal while it waits, and how to end its waiting; closed when it has ended. */
    public final class Interruption implements AutoCloseable {
        private final Runnable action;

        private Interruption(Runnable action) {
            this.action = action;
        }

        @Override
        public void close() {
            interruptions.remove(this);
        }
    }

    public void stop() {
        stopped.countDown();
        interruptions.forEach(interruption -> {
            if (interruptions.remove(interruption)) {
                interruption.action.run();
            }
        });
    }

    /** Whether a stop was asked for. */
    public boolean stopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits for a stop.
     *
     * @return whether one was asked for; false when the time is over
     */
    public boolean await(Duration longest) throws InterruptedException {
        return stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has the action carried out once, on the thread that asks for the stop; at once if somebody did already. */
    public Interruption onStop(Runnable action) {
        Interruption interruption = new Interruption(action);
        interruptions.add(interruption);
        if (stopped() && interruptions.remove(interruption)) {
            action.run();
        }
        return interruption;
    }

    /**
     * Passes, unless a stop was asked for.
     *
     * @throws PipelineException STOPPED; what is done so far is kept, the same request resumes
     */
    public void check() {
        if (stopped()) {
            throw requested();
        }
        for (Limit limit : limits) {
            if (!limit.clock().instant().isBefore(limit.end())) {
                throw stopped("stopped: " + limit.reason());
            }
        }
    }

    /** What ends work that was told to stop. */
    public static PipelineException requested() {
        return stopped("stopped on request");
    }

    private static PipelineException stopped(String why) {
        return new PipelineException(
                ExitCode.STOPPED, why + "; start the same request again to go on where it stopped");
    }
}
