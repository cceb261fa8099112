package io.trustpipeline.ops;

import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Whether something that runs need is there, for {@code /observe/health/ready}. An answer is kept for a while, so that
 * looking often costs nothing. Liveness does not depend on it: a restart would not bring it back.
 */
public final class ReadinessCheck extends AbstractHealthCheck {
    /** Looks at the thing; what it throws says in one line why it is not ready. */
    @FunctionalInterface
    public interface Probe {
        void look() throws Exception;
    }

    private final Duration kept;
    private final Clock clock;
    private final Probe probe;
    private Instant looked = Instant.MIN;
    private @Nullable String trouble;

    public ReadinessCheck(String name, Duration kept, Clock clock, Probe probe) {
        super("trust-pipeline", name);
        this.kept = kept;
        this.clock = clock;
        this.probe = probe;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        String reason = trouble();
        if (reason == null) {
            builder.up();
        } else {
            builder.message(reason).down();
        }
    }

    private synchronized @Nullable String trouble() {
        Instant now = clock.instant();
        if (looked.plus(kept).isBefore(now)) {
            looked = now;
            try {
                probe.look();
                trouble = null;
            } catch (Exception e) {
                trouble = String.valueOf(e.getMessage());
            }
        }
        return trouble;
    }
}
