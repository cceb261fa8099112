package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.CreditMetrics;

import java.math.BigDecimal;
import java.time.Duration;

/** Nobody listens. */
public final class SilentMetrics implements CreditMetrics {
    @Override
    public void polled(int messages) {}

    @Override
    public void resolvedLink() {}

    @Override
    public void credited(BigDecimal amount) {}

    @Override
    public void queried(String query, Duration took) {}

    @Override
    public void failed(String kind) {}
}
