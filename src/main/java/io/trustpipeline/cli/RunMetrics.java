package io.trustpipeline.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.trustpipeline.cloud.Committed;
import io.trustpipeline.cloud.Prepared;
import io.trustpipeline.ops.EmbeddedMetricFormat;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.ops.Measurement;
import io.trustpipeline.ops.Measurements;
import io.trustpipeline.ops.PrometheusMeters;
import io.trustpipeline.ops.RunFigures;
import io.trustpipeline.ops.StageWatch;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunIndex;
import io.trustpipeline.run.RunState;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is measured of trust runs, and when it is told. A run's own figures are told once: by who committed it. */
final class RunMetrics {
    private final StageWatch stages =
            new StageWatch(TrustApplication.PIPELINE, claimed -> claimed instanceof Run run ? id(run) : null);
    private final String environment;
    private Measurements measurements;

    RunMetrics(String environment, Clock clock) {
        this.environment = environment;
        this.measurements = new EmbeddedMetricFormat(environment, clock, Logs.metrics());
    }

    private static String id(Run run) {
        return run.request().runId();
    }

    /** Tells Prometheus as well. */
    Measurements alsoTo(@Nullable MeterRegistry registry) {
        if (registry != null) {
            measurements = measurements.and(new PrometheusMeters(registry, environment));
        }
        return measurements;
    }

    /** Camel finds it among the beans. */
    StageWatch stages() {
        return stages;
    }

    /** An attempt failed. */
    void failed(@Nullable Run run) {
        tell(run == null ? "" : id(run), figuresOfStages());
    }

    /** An attempt came to the end of its run. */
    void ended(Run attempt, Manifest manifest, Duration taken) {
        List<Measurement> figures = figuresOfStages();
        boolean committedIt = attempt.state() == RunState.STARTED && manifest.attempts() == attempt.attempt();
        if (committedIt) {
            figures.addAll(RunFigures.of(manifest, taken));
        }
        tell(manifest.runId(), figures);
    }

    /** A task ended. One that comes twice tells nothing of the run the second time. */
    void taskEnded(Object result, Instant begun, RunIndex runs) {
        List<Measurement> figures = figuresOfStages();
        String runId = committedRun(result);
        if (!runId.isEmpty()) {
            runs.find(runId)
                    .flatMap(RunIndex.Entry::manifest)
                    .filter(manifest -> !manifest.committedAt().isBefore(begun))
                    .ifPresent(manifest -> figures.addAll(
                            RunFigures.of(manifest, Duration.between(manifest.startedAt(), manifest.committedAt()))));
        }
        tell(runId, figures);
    }

    private static String committedRun(Object result) {
        if (result instanceof Committed committed) {
            return committed.runId();
        }
        return result instanceof Prepared prepared && prepared.result() != null ? prepared.runId() : "";
    }

    private List<Measurement> figuresOfStages() {
        return new ArrayList<>(RunFigures.stages(stages.take()));
    }

    private void tell(String runId, List<Measurement> figures) {
        try (MDC.MDCCloseable id = MDC.putCloseable("run_id", runId)) {
            measurements.record(figures);
        }
    }
}
