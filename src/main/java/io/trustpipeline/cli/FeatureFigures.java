package io.trustpipeline.cli;

import io.trustpipeline.features.Computed;
import io.trustpipeline.features.FeatureReport;
import io.trustpipeline.ops.Measurement;
import io.trustpipeline.ops.Measurement.Unit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The figures of a run of features; alarms and the dashboard of {@code features.yaml} know them by these names. */
final class FeatureFigures {
    private FeatureFigures() {}

    static List<Measurement> of(FeatureReport report, Duration run) {
        Computed computed = report.computed();
        List<Measurement> figures = new ArrayList<>(List.of(
                Measurement.of("FeatureRowsRead", Unit.COUNT, computed.rows()),
                Measurement.of("FeatureRowsSeen", Unit.COUNT, computed.rowsSeen()),
                Measurement.of(
                        "FeatureRowsDropped", Unit.COUNT, computed.rowsWithoutCustomer() + computed.rowsDropped()),
                Measurement.of("FeatureCustomers", Unit.COUNT, computed.customers()),
                Measurement.of("FeatureBytesRead", Unit.BYTES, computed.inputBytes()),
                Measurement.of("FeatureBytesWritten", Unit.BYTES, report.bytes()),
                Measurement.of("FeatureRunSeconds", Unit.SECONDS, run.toMillis() / 1000.0)));
        computed.checks()
                .forEach((check, rows) ->
                        figures.add(Measurement.of("FeatureRowsOdd", Unit.COUNT, rows, "Check", check)));
        return figures;
    }
}
