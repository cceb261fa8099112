package io.trustpipeline.trigger;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.store.ObjectEntry;
import io.trustpipeline.store.ObjectHead;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.store.StoredBytes;
import io.trustpipeline.trigger.LeaseObjects.Held;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The prefix {@code triggers/} of the data bucket. Several services may watch the same one.
 *
 * <p>The files are listed and read through the SDK: the S3 component's consumer reads everything it lists at each poll,
 * lists no further than its first page, and deletes by headers that routes change.
 */
public final class TriggerInbox implements AutoCloseable {
    static final String SUFFIX = ".json";

    private static final Logger LOG = LoggerFactory.getLogger(TriggerInbox.class);
    private static final int LARGEST = 64 << 10;
    private static final int MOST_TRIES = 5;

    private final ObjectStore store;
    private final String prefix;
    private final RequestReader reader;
    private final ZoneId zone;
    private final Duration lease;
    private final StopSignal stop;
    private final LeaseObjects leases;
    private final TriggerArchive archive;
    private final ScheduledExecutorService renewals;

    /**
     * @param pipelinePrefix such as {@code trust_scoring/}
     * @param owner names this service and no other
     * @param lease how long a trigger stays with a service that has died
     * @param zone decides on which day a trigger was dropped
     */
    public TriggerInbox(
            ObjectStore store,
            String pipelinePrefix,
            RequestReader reader,
            String owner,
            Duration lease,
            ZoneId zone,
            Clock clock,
            StopSignal stop) {
        this.store = store;
        this.prefix = pipelinePrefix + "triggers/";
        this.reader = reader;
        this.zone = zone;
        this.lease = lease;
        this.stop = stop;
        this.leases = new LeaseObjects(store, prefix + "claims/", owner, lease, clock);
        this.archive = new TriggerArchive(store, prefix, clock);
        this.renewals = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "trigger leases");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The files that wait, the oldest first; none once a stop was asked for. */
    public List<Trigger> pending() {
        List<Trigger> pending = new ArrayList<>();
        if (stop.stopped()) {
            return pending;
        }
        try (Stream<ObjectEntry> entries = store.list(prefix)) {
            for (ObjectEntry entry : (Iterable<ObjectEntry>) entries::iterator) {
                String name = entry.key().substring(prefix.length());
                if (name.endsWith(SUFFIX)
                        && name.length() > SUFFIX.length()
                        && name.indexOf('/') < 0
                        && archive.canKeep(name)) {
                    store.head(entry.key())
                            .map(head -> new Trigger(head.key(), name, head.etag(), head.lastModified()))
                            .ifPresent(pending::add);
                }
            }
        }
        pending.sort(Comparator.comparing(Trigger::dropped).thenComparing(Trigger::name));
        return pending;
    }

    /** Takes a trigger; null when another service has it, when it has gone, or when it is to be tried later. */
    public @Nullable Delivery take(Trigger trigger) {
        if (stop.stopped()) {
            return null;
        }
        Optional<Held> held = leases.take(trigger);
        if (held.isEmpty()) {
            return null;
        }
        Optional<ObjectHead> head = store.head(trigger.key());
        if (head.filter(trigger::is).isEmpty()) {
            // Settled by another service since it was listed, or replaced.
            leases.release(held.get(), Duration.ZERO, 0);
            return null;
        }
        Delivery delivery = read(trigger, head.get(), held.get());
        long period = Math.max(1, lease.toMillis() / 3);
        delivery.renewedBy(renewals.scheduleWithFixedDelay(delivery::renew, period, period, TimeUnit.MILLISECONDS));
        LOG.info("trigger {} taken, try {}", trigger.name(), delivery.tries());
        return delivery;
    }

    private Delivery read(Trigger trigger, ObjectHead head, Held held) {
        String content = "";
        try {
            if (head.size() > LARGEST) {
                throw new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "request: has " + head.size() + " bytes; at most " + LARGEST + " are read");
            }
            content = store.get(trigger.key()).map(StoredBytes::text).orElse("");
            if (held.lease().tries() > MOST_TRIES) {
                throw new PipelineException(
                        ExitCode.DEFECT, "was tried " + MOST_TRIES + " times and never came to an end");
            }
            RequestFields fields = new TriggerRequest(trigger, content).complete(reader.read(content), zone);
            return new Delivery(trigger, content, fields, null, leases, held);
        } catch (PipelineException refused) {
            return new Delivery(trigger, content, null, refused, leases, held);
        }
    }

    /**
     * What has become of a trigger.
     *
     * @param moved whether it left the inbox; else it waits for its next try
     */
    public record Settled(Verdict verdict, boolean moved) {}

    /** Moves a trigger that is done or failed for good; lets one that may succeed later wait. */
    public Settled settle(Verdict verdict) {
        Delivery delivery = verdict.delivery();
        int tries = delivery.tries();
        boolean moved = true;
        if (verdict instanceof Verdict.Done done) {
            archive.done(delivery, done.message());
        } else if (verdict instanceof Verdict.Failed failed) {
            moved = finished(failed.exitCode(), tries);
            if (moved) {
                archive.failed(delivery, failed.exitCode(), failed.message());
            }
        }
        Held held = delivery.surrender();
        if (held != null) {
            boolean stopped = verdict instanceof Verdict.Failed failed && failed.exitCode() == ExitCode.STOPPED;
            if (moved) {
                leases.release(held, Duration.ZERO, 0);
            } else if (stopped) {
                leases.release(held, Duration.ZERO, tries - 1);
            } else {
                leases.release(held, pause(tries), tries);
            }
        }
        return new Settled(verdict, moved);
    }

    /** Whether no further try of the same file can help. */
    private static boolean finished(ExitCode exitCode, int tries) {
        return switch (exitCode) {
            case STOPPED -> false;
            case UNAVAILABLE -> tries >= MOST_TRIES;
            case DONE, USAGE, REQUEST_REFUSED, DATA_REFUSED, DEFECT, LIMIT_REACHED, CONFIGURATION -> true;
        };
    }

    /** A lease's time after the first try, and twice as long after each further one. */
    private Duration pause(int tries) {
        return lease.multipliedBy(1L << Math.min(tries - 1, MOST_TRIES));
    }

    @Override
    public void close() {
        renewals.shutdownNow();
    }
}
