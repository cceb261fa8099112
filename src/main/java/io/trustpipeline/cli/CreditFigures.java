package io.trustpipeline.cli;

import io.trustpipeline.credits.CreditMetrics;
import io.trustpipeline.ops.Measurement;
import io.trustpipeline.ops.Measurement.Unit;
import io.trustpipeline.ops.Measurements;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** What credits are measured by, under the names that alarms know. */
record CreditFigures(Measurements measurements) implements CreditMetrics {
    @Override
    public void polled(int messages) {
        tell(Measurement.of("CreditMessages", Unit.COUNT, messages));
        tell(Measurement.of("CreditPolls", Unit.COUNT, 1));
    }

    @Override
    public void resolvedLink() {
        tell(Measurement.of("CreditLinks", Unit.COUNT, 1));
    }

    @Override
    public void credited(BigDecimal amount) {
        tell(Measurement.of("CreditDollars", Unit.COUNT, amount.doubleValue()));
    }

    @Override
    public void queried(String query, Duration took) {
        tell(Measurement.of("CreditQuerySeconds", Unit.SECONDS, took.toMillis() / 1e3, "Query", query));
    }

    @Override
    public void failed(String kind) {
        tell(Measurement.of("CreditFailures", Unit.COUNT, 1));
        tell(Measurement.of("CreditFailures", Unit.COUNT, 1, "Kind", kind));
    }

    private void tell(Measurement figure) {
        measurements.record(List.of(figure));
    }
}
