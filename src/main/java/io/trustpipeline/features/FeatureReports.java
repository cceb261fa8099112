package io.trustpipeline.features;

import io.trustpipeline.features.FeatureReport.Result;
import io.trustpipeline.notify.Notification;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.RunObjects;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is kept and told of the end of a run: counts and keys, never a value of a row. */
public final class FeatureReports {
    private final RunObjects objects;
    private final FeatureLedger ledger;
    private final DriftReport drift;
    private final Clock clock;

    public FeatureReports(RunObjects objects, FeatureLedger ledger, DriftReport drift, Clock clock) {
        this.objects = objects;
        this.ledger = ledger;
        this.drift = drift;
        this.clock = clock;
    }

    /** The report of a run; the first one stays. */
    public FeatureReport report(FeatureRun run) {
        String runId = run.request().runId();
        String key = FeatureLayout.report(runId);
        FeatureReport report = objects.read(key, FeatureReport.class).orElseGet(() -> {
            objects.create(key, made(run));
            return objects.read(key, FeatureReport.class).orElseThrow();
        });
        KillPoint.pass("AFTER_FEATURES_REPORT");
        return report.withTold(
                objects.read(FeatureLayout.told(runId), Told.class).isPresent());
    }

    private FeatureReport made(FeatureRun run) {
        FeatureRequest request = run.request();
        MadeFeatures made = run.features();
        Result done = made.computed().customers() == 0 ? Result.EMPTY : Result.DONE;
        return new FeatureReport(
                request.runId(),
                request.date(),
                request.dataset(),
                request.mode(),
                request.input(),
                request.email(),
                run.superseded() ? Result.SUPERSEDED : done,
                clock.instant(),
                run.superseded() ? made.key() : FeatureLayout.published(request),
                made.sha256(),
                made.bytes(),
                run.superseded()
                        ? 0
                        : ledger.held(run).map(LedgerEntry::generation).orElse(0L),
                made.computed(),
                drift.of(run),
                false);
    }

    private record Told(String runId) {}

    /** People were told. */
    public FeatureReport told(FeatureReport report) {
        KillPoint.pass("AFTER_FEATURES_NOTIFICATION");
        objects.create(FeatureLayout.told(report.runId()), new Told(report.runId()));
        KillPoint.pass("AFTER_FEATURES_TOLD");
        return report.withTold(true);
    }

    /** The message of a run that came to its end. */
    public Notification announce(FeatureReport report) {
        Computed computed = report.computed();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", report.runId());
        fields.put("run_date", report.date().toString());
        fields.put("dataset", report.dataset().size());
        fields.put("result", report.result().name());
        fields.put("input", report.input());
        fields.put("rows", computed.rows());
        fields.put("rows_seen", computed.rowsSeen());
        fields.put("rows_without_customer", computed.rowsWithoutCustomer());
        fields.put("rows_dropped", computed.rowsDropped());
        computed.checks().forEach((name, rows) -> fields.put("rows_" + name, rows));
        fields.put("customers", computed.customers());
        fields.put("seconds", computed.seconds());
        fields.put("drift", report.drift());
        fields.put("key", report.key());
        String summary =
                switch (report.result()) {
                    case DONE ->
                        "Features of %,d customers for %s are published and in the table."
                                .formatted(computed.customers(), report.date());
                    case EMPTY ->
                        "Warning: the input has no rows for %s, so there are no features.".formatted(report.date());
                    case SUPERSEDED ->
                        "A run that was claimed later has %s; this one changed nothing.".formatted(report.date());
                };
        return new Notification(
                report.runId(),
                report.result().name(),
                report.at(),
                "Features " + report.date() + " " + report.dataset().lower() + ": " + report.result(),
                summary,
                fields,
                report.email());
    }

    /** The message of a run that did not. */
    public Notification failed(FeatureRequest request, ExitCode code, String reason) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("run_id", request.runId());
        fields.put("run_date", request.date().toString());
        fields.put("dataset", request.dataset().size());
        fields.put("error", code.name());
        fields.put("reason", reason);
        return new Notification(
                request.runId(),
                "FAILED",
                clock.instant(),
                "Features " + request.date() + " FAILED: " + code,
                reason + "\nOnce that is mended, the same request goes on where it stopped.",
                fields,
                request.email());
    }
}
