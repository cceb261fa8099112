package io.trustpipeline.report;

import io.trustpipeline.run.EarlierRuns;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.run.RunRequest;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.store.ObjectStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The report stage: {@code report.json} and {@code report.html} of a run that has committed. The facts that stand in the
 * store decide, also when another attempt wrote them, so that page and facts always say the same.
 */
public final class Reporter {
    private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);

    private final ObjectStore store;
    private final RunObjects objects;
    private final EarlierRuns earlier;
    private final ReportFacts facts;

    public Reporter(ObjectStore store, Workspace workspace) {
        this.store = store;
        this.objects = new RunObjects(store);
        this.earlier = new EarlierRuns(store);
        this.facts = new ReportFacts(store, workspace);
    }

    /**
     * Called by a route; the run passes unchanged. It has committed and counts: whatever goes wrong here is logged, and
     * neither stops it nor is tried for long. A run that has its report keeps it; {@code report RUN} makes that of a run
     * that has none, and so does the same request.
     */
    public Run report(Run run) {
        try {
            write(run);
        } catch (RuntimeException e) {
            LOG.warn("run {} has no report: {}", run.request().runId(), e.toString());
        }
        return run;
    }

    private void write(Run run) {
        RunLayout layout = run.layout();
        // The page comes last.
        if (store.exists(layout.reportKey())) {
            return;
        }
        Optional<RunReport> standing = objects.read(layout.reportFactsKey(), RunReport.class);
        RunReport report = standing.isPresent() ? standing.get() : compute(run);
        if (standing.isEmpty() && !objects.create(layout.reportFactsKey(), report)) {
            report = objects.read(layout.reportFactsKey(), RunReport.class).orElseThrow();
        }
        KillPoint.pass("AFTER_REPORT_FACTS");
        store.putIfAbsent(layout.reportKey(), page(report));
        KillPoint.pass("AFTER_REPORT");
    }

    /**
     * The facts of a committed run: those that stand in the store, or, of a run without a report, what its objects say.
     *
     * @throws PipelineException REQUEST_REFUSED when the run has not committed
     */
    public RunReport facts(Run run) {
        return objects.read(run.layout().reportFactsKey(), RunReport.class).orElseGet(() -> compute(run));
    }

    /** The page that says these facts, in UTF-8. The same facts give the same bytes. */
    public static byte[] page(RunReport report) {
        return new ReportPage(report).html().getBytes(StandardCharsets.UTF_8);
    }

    private RunReport compute(Run run) {
        Manifest manifest = objects.read(run.layout().manifestKey(), Manifest.class)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "run_id: \"" + run.request().runId() + "\" has not committed; its report comes then"));
        Manifest before = earlier.lastThatScored(run).orElse(null);
        return facts.of(run, manifest, before, before == null ? null : reportOf(run, before));
    }

    /** A comparison with what somebody damaged is none; the report goes without it. */
    private @Nullable RunReport reportOf(Run run, Manifest other) {
        RunRequest request = new RunRequest(other.runDate(), other.runId(), other.email(), other.upId());
        RunLayout layout = new RunLayout(run.layout().bucket(), run.layout().prefix(), request);
        try {
            return objects.read(layout.reportFactsKey(), RunReport.class)
                    .filter(report -> report.schemaVersion() == RunReport.SCHEMA_VERSION)
                    .orElse(null);
        } catch (PipelineException e) {
            LOG.warn("run {} is compared by its manifest alone: {}", other.runId(), e.getMessage());
            return null;
        }
    }
}
