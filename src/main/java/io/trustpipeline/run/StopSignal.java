package io.trustpipeline.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Set when somebody asks the program to stop; long work looks at it between batches. Thread-safe. */
public final class StopSignal {
    private final CountDownLatch stopped;
    private final Set<Interruption> interruptions;
    private volatile List<Limit> limits = List.of();

    /** A moment at which work has to stop, and the words for it. */
    record Limit(Clock clock, Instant end, String reason) {}

    public StopSignal() {
        this(new CountDownLatch(1), ConcurrentHashMap.newKeySet());
    }

    private StopSignal(CountDownLatch stopped, Set<Interruption> interruptions) {
        this.stopped = stopped;
        this.interruptions = interruptions;
    }

    /** The same signal, for work with limits of its own. */
    public StopSignal forOneRun() {
        return new StopSignal(stopped, interruptions);
    }

    /** From now on work has to stop at these moments, whatever else happens. */
    void limitTo(List<Limit> moments) {
        limits = List.copyOf(moments);
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
     * @throws PipelineException STOPPED or LIMIT_REACHED; what is done so far is kept, the same request resumes
     */
    public void check() {
        if (stopped()) {
            throw requested();
        }
        for (Limit limit : limits) {
            if (!limit.clock().instant().isBefore(limit.end())) {
                throw stopped(ExitCode.LIMIT_REACHED, "stopped: " + limit.reason());
            }
        }
    }

    /** What ends work that was told to stop. */
    public static PipelineException requested() {
        return stopped(ExitCode.STOPPED, "stopped on request");
    }

    private static PipelineException stopped(ExitCode exitCode, String why) {
        return new PipelineException(exitCode, why + "; start the same request again to go on where it stopped");
    }
}
