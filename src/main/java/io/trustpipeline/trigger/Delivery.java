package io.trustpipeline.trigger;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.trigger.LeaseObjects.Held;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.ScheduledFuture;

/**
 * A trigger that this service has, and nobody else while its lease is renewed; ended by {@link TriggerInbox#settle}.
 * Thread-safe.
 */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    private final Trigger trigger;
    private final String content;
    private final @Nullable RequestFields fields;
    private final @Nullable PipelineException refusal;
    private final LeaseObjects leases;
    private @Nullable Held held;
    private @Nullable ScheduledFuture<?> renewal;

    Delivery(
            Trigger trigger,
            String content,
            @Nullable RequestFields fields,
            @Nullable PipelineException refusal,
            LeaseObjects leases,
            Held held) {
        this.trigger = trigger;
        this.content = content;
        this.fields = fields;
        this.refusal = refusal;
        this.leases = leases;
        this.held = held;
    }

    /**
     * The request, with a run id.
     *
     * @throws PipelineException REQUEST_REFUSED when the file holds none
     */
    public RequestFields request() {
        if (fields == null) {
            throw refusal != null ? refusal : new PipelineException(ExitCode.REQUEST_REFUSED, "no request");
        }
        return fields;
    }

    /** The file's name, which stands in logs beside the run's id. */
    public String name() {
        return trigger.name();
    }

    Trigger trigger() {
        return trigger;
    }

    String content() {
        return content;
    }

    synchronized int tries() {
        return held == null ? 0 : held.lease().tries();
    }

    synchronized void renewedBy(ScheduledFuture<?> timer) {
        renewal = timer;
    }

    /** Keeps the lease. A lost one does not stop the work: two that do the same end with one result. */
    synchronized void renew() {
        if (held != null) {
            try {
                held = leases.renew(held).orElse(null);
                if (held == null) {
                    LOG.warn("trigger {}: another service took it over", trigger.name());
                }
            } catch (RuntimeException e) {
                LOG.warn("trigger {}: its lease could not be renewed, {}", trigger.name(), e.getMessage());
            }
        }
    }

    /** Ends the renewing and gives the lease up, if it is still there. */
    synchronized @Nullable Held surrender() {
        if (renewal != null) {
            renewal.cancel(false);
        }
        Held last = held;
        held = null;
        return last;
    }
}
