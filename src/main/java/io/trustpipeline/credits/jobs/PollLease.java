package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One poll at a time, wherever it runs: held by renewing it, and free again a while after its holder died. */
public final class PollLease implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PollLease.class);

    private final RunObjects objects;
    private final String key;
    private final String owner;
    private final Duration length;
    private final Clock clock;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "credits-lease");
        thread.setDaemon(true);
        return thread;
    });

    private boolean renewing;

    private record Lease(
            @JsonProperty("owner") String owner,
            @JsonProperty("until") Instant until) {}

    public PollLease(RunObjects objects, CreditLayout layout, String owner, Duration length, Clock clock) {
        this.objects = objects;
        this.key = layout.lease();
        this.owner = owner;
        this.length = length;
        this.clock = clock;
    }

    /**
     * Takes it, and waits at most its length for a holder that died.
     *
     * @throws PipelineException UNAVAILABLE when another run keeps it
     */
    public void take() throws InterruptedException {
        Instant patience = clock.instant().plus(length);
        while (!tryTake()) {
            if (clock.instant().isAfter(patience)) {
                throw new PipelineException(
                        ExitCode.UNAVAILABLE, "another run looks at the channel; the next one will");
            }
            Thread.sleep(Math.min(1_000, Math.max(50, length.toMillis() / 10)));
        }
        if (!renewing) {
            renewing = true;
            long every = Math.max(20, length.toMillis() / 3);
            Future<?> unused = renewal.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
        }
    }

    private boolean tryTake() {
        if (objects.create(key, mine(length))) {
            return true;
        }
        return objects.advance(key, Lease.class, current -> isFree(current) ? mine(length) : current)
                .owner()
                .equals(owner);
    }

    private boolean isFree(Lease lease) {
        return lease.owner().equals(owner) || !clock.instant().isBefore(lease.until());
    }

    private Lease mine(Duration time) {
        return new Lease(owner, clock.instant().plus(time));
    }

    private void renew() {
        try {
            objects.advance(key, Lease.class, current -> current.owner().equals(owner) ? mine(length) : current);
        } catch (RuntimeException e) {
            LOG.warn("the lease could not be renewed: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        renewal.shutdownNow();
        try {
            renewal.awaitTermination(5, TimeUnit.SECONDS);
            objects.advance(key, Lease.class, current -> current.owner().equals(owner) ? mine(Duration.ZERO) : current);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("the lease could not be given back: {}", e.getMessage());
        }
    }
}
