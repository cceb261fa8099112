package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.Definitions;
import io.trustpipeline.features.Drift;
import io.trustpipeline.features.DriftReport;
import io.trustpipeline.features.FeatureClaims;
import io.trustpipeline.features.FeatureInput;
import io.trustpipeline.features.FeatureLedger;
import io.trustpipeline.features.FeatureReport;
import io.trustpipeline.features.FeatureReports;
import io.trustpipeline.features.FeatureRequest;
import io.trustpipeline.features.FeatureRun;
import io.trustpipeline.features.FeatureScratch;
import io.trustpipeline.features.FeatureStage;
import io.trustpipeline.features.FeatureTable;
import io.trustpipeline.features.Publication;
import io.trustpipeline.features.Scope;
import io.trustpipeline.features.TableUpsert;
import io.trustpipeline.ops.EmbeddedMetricFormat;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.ops.Measurements;
import io.trustpipeline.ops.RunFigures;
import io.trustpipeline.ops.StageWatch;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.ObjectPut;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The features pipeline, wired: its beans, its route, its store and its table. */
final class FeaturesApplication implements AutoCloseable {
    static final String PIPELINE = "features";
    static final String PREFIX = "features/";

    private static final Logger LOG = LoggerFactory.getLogger(FeaturesApplication.class);

    private final Settings settings;
    private final OpenStore store;
    private final FeatureTable table;
    private final FeatureLedger ledger;
    private final FeatureReports reports;
    private final Destination destination;
    private final Path scratch;
    private final StageWatch stages = new StageWatch(
            PIPELINE,
            claimed -> claimed instanceof FeatureRun run ? run.request().runId() : null);
    private final Measurements measurements;
    private final CamelRuntime camel;

    private FeaturesApplication(Settings settings, Definitions definitions, OpenStore store, FeatureTable table)
            throws Exception {
        this.settings = settings;
        this.store = store;
        this.table = table;
        this.destination = new Destination(settings);
        this.scratch = settings.run()
                .home()
                .resolve("work/features-" + ProcessHandle.current().pid());
        ObjectStore objects = store.objects();
        RunObjects json = new RunObjects(objects);
        this.ledger = new FeatureLedger(json);
        FeatureScratch files = new FeatureScratch(scratch);
        FeatureInput input = new FeatureInput(bucket -> new ObjectStore(store.client(), bucket, PREFIX), files);
        this.reports =
                new FeatureReports(json, ledger, new DriftReport(objects, definitions, files), Clock.systemUTC());
        Map<String, Object> beans = new HashMap<>(destination.beans());
        beans.put("featureClaims", new FeatureClaims(json, Clock.systemUTC()));
        beans.put("featureStage", new FeatureStage(objects, input, definitions, files));
        beans.put("publication", new Publication(objects, ledger, files));
        beans.put("tableUpsert", new TableUpsert(objects, ledger, files, table, Shutdown.SIGNAL));
        beans.put("featureReports", reports);
        beans.put("objectPut", new ObjectPut(objects));
        beans.put("s3", store.client());
        beans.put("stageWatch", stages);
        Map<String, String> properties = new HashMap<>(destination.properties());
        properties.put("trust.bucket", objects.bucket());
        this.measurements = new EmbeddedMetricFormat(settings.run().environment(), Clock.systemUTC(), Logs.metrics());
        this.camel = CamelRuntime.start(PIPELINE, beans, properties, settings.management());
    }

    static FeaturesApplication start(Settings settings, Definitions definitions) throws Exception {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        OpenStore store = OpenStore.forWriting(settings, PREFIX);
        try {
            FeatureTable table = FeatureTables.open(settings);
            try {
                return new FeaturesApplication(settings, definitions, store, table);
            } catch (Exception e) {
                table.close();
                throw e;
            }
        } catch (Exception e) {
            store.close();
            throw e;
        }
    }

    /**
     * Carries a request to its end; several may be under way at once.
     *
     * @throws PipelineException when it did not come there; people were told unless it was only stopped
     */
    FeatureReport run(FeatureRequest request) {
        long begun = System.nanoTime();
        Exchange exchange = camel.request("direct:" + PIPELINE, request);
        measurements.record(RunFigures.stages(stages.take()));
        new Workspace(scratch.resolve(request.runId())).clear();
        if (exchange.getException() != null) {
            Failure failure = Failure.of(exchange.getException());
            if (failure.exitCode() != ExitCode.STOPPED && failure.exitCode() != ExitCode.REQUEST_REFUSED) {
                tell(request, failure);
            }
            throw new PipelineException(failure.exitCode(), failure.message(), exchange.getException());
        }
        FeatureReport report = exchange.getMessage().getBody(FeatureReport.class);
        if (exchange.getVariable("report") != null) {
            // People heard of it by this attempt, so nobody was told its figures before.
            measurements.record(FeatureFigures.of(report, Duration.ofNanos(System.nanoTime() - begun)));
        }
        return report;
    }

    private void tell(FeatureRequest request, Failure failure) {
        Exchange told =
                camel.request(destination.endpoint(), reports.failed(request, failure.exitCode(), failure.message()));
        if (told.getException() != null) {
            LOG.warn("nobody could be told that run {} failed", request.runId(), told.getException());
        }
    }

    /** Whether a day is published and in the table. */
    boolean isDone(FeatureRequest request) {
        return ledger.read(request)
                .filter(entry -> entry.published() && entry.upserted())
                .isPresent();
    }

    /** Where people find the features of days: as files when the store is a folder. */
    List<String> places(List<LocalDate> days) {
        String bucket = store.objects().bucket();
        return days.stream()
                .map(day -> PREFIX + "daily/date=" + day + "/features.parquet")
                .map(key -> settings.storage().embedded()
                        ? settings.run()
                                .home()
                                .resolve("s3")
                                .resolve(bucket)
                                .resolve(key)
                                .toString()
                        : "s3://" + bucket + "/" + key)
                .toList();
    }

    FeatureTable table() {
        return table;
    }

    static void print(FeatureReport report, Console console) {
        FeaturesComputeCommand.print(
                report.computed(),
                new Scope(report.date(), report.mode(), report.dataset().limit()),
                console);
        report.drift().forEach(drift -> console.line(line(drift)));
        console.line("run " + report.runId() + ", " + report.date() + ": " + report.result() + ", "
                + report.computed().customers() + " customers in " + report.key() + " and in the table");
    }

    private static String line(Drift drift) {
        String before = drift.daysBefore() == 0
                ? "no earlier day"
                : "%d days before: mean %.4g, nulls %.1f %%, PSI %.3f"
                        .formatted(
                                drift.daysBefore(),
                                drift.meanBefore(),
                                100 * Objects.requireNonNullElse(drift.nullShareBefore(), 0.0),
                                drift.populationStabilityIndex());
        return "%s: %,d values, mean %.4g, nulls %.1f %%; %s"
                .formatted(drift.feature(), drift.count(), drift.mean(), 100 * drift.nullShare(), before);
    }

    @Override
    public void close() {
        camel.close();
        table.close();
        store.close();
        new Workspace(scratch).clear();
    }
}
