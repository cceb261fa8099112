package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkTask;
import io.trustpipeline.chunked.ChunkedNotice;
import io.trustpipeline.chunked.ChunkedReport;
import io.trustpipeline.chunked.ChunkedRequest;
import io.trustpipeline.chunked.ChunkedRun;
import io.trustpipeline.chunked.ChunkedRuns;
import io.trustpipeline.chunked.Database;
import io.trustpipeline.chunked.Declaration;
import io.trustpipeline.chunked.DeclarationReader;
import io.trustpipeline.chunked.PlanArchive;
import io.trustpipeline.chunked.PlanObject;
import io.trustpipeline.config.DatabaseSettings;
import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.EmbeddedMetricFormat;
import io.trustpipeline.ops.LoggedProgress;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.ops.Measurements;
import io.trustpipeline.ops.RunFigures;
import io.trustpipeline.ops.StageWatch;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The chunked update, wired: its beans, its route, its database and the store that its plan goes to. */
final class ChunkedEtlApplication implements AutoCloseable {
    static final String PIPELINE = "chunked-etl";
    static final String PREFIX = "chunked_etl/";

    private static final String DECLARATION = "chunked-update.yaml";
    private static final Logger LOG = LoggerFactory.getLogger(ChunkedEtlApplication.class);

    private final OpenStore store;
    private final ChunkedRun run;
    private final ChunkedRuns runs;
    private final ChunkedNotice notice = new ChunkedNotice(Clock.systemUTC());
    private final Destination destination;
    private final StageWatch stages = new StageWatch(
            PIPELINE,
            claimed -> claimed instanceof ChunkedRun.Claimed run ? run.context().runId() : null);
    private final Measurements measurements;
    private final CamelRuntime camel;

    private ChunkedEtlApplication(Settings settings, Console console, OpenStore store) throws Exception {
        this.store = store;
        Database database = database(settings);
        Declaration declaration = declaration();
        this.run = new ChunkedRun(
                database,
                declaration,
                Logs.onStandardOutput() ? new LoggedProgress() : console.progress(Clock.systemUTC()),
                Shutdown.SIGNAL);
        this.runs = new ChunkedRuns(database, declaration);
        this.destination = new Destination(settings);
        PlanArchive archive = new PlanArchive(run, new RunObjects(store.objects()), PREFIX);
        Map<String, Object> beans = new HashMap<>(destination.beans());
        beans.put("chunkedRun", run);
        beans.put("planArchive", archive);
        beans.put("chunkTask", new ChunkTask(run, archive));
        beans.put("chunkedNotice", notice);
        beans.put("stageWatch", stages);
        this.measurements = new EmbeddedMetricFormat(settings.run().environment(), Clock.systemUTC(), Logs.metrics());
        this.camel = CamelRuntime.start(PIPELINE, beans, destination.properties(), settings.management());
    }

    /** For commands that plan or end runs: one process a home, when the store is a folder. */
    static ChunkedEtlApplication start(Settings settings, Console console) throws Exception {
        return start(settings, console, OpenStore.forWriting(settings, PREFIX));
    }

    /** For tasks that carry out one chunk: they read the plan, and there are many at once. */
    static ChunkedEtlApplication startTask(Settings settings, Console console) throws Exception {
        return start(settings, console, OpenStore.forReading(settings, PREFIX));
    }

    private static ChunkedEtlApplication start(Settings settings, Console console, OpenStore store) throws Exception {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        try {
            return new ChunkedEtlApplication(settings, console, store);
        } catch (Exception e) {
            store.close();
            throw e;
        }
    }

    /** The runs alone, for commands that look. */
    static ChunkedRuns runs(Settings settings) {
        return new ChunkedRuns(database(settings), declaration());
    }

    private static Database database(Settings settings) {
        DatabaseSettings database = settings.database();
        String url = database.url()
                .orElseThrow(() -> new PipelineException(
                        ExitCode.CONFIGURATION,
                        "trust.database.url: missing; right is jdbc:postgresql://host:5432/database (--database), with"
                                + " trust.database.user and trust.database.password where the server asks for them"));
        return new Database(
                url, database.user(), () -> database.password().map(Secret::reveal), database.statementTimeout());
    }

    private static Declaration declaration() {
        Installation installation = Installation.current();
        return DeclarationReader.read(DECLARATION, name -> installation.text("sql/chunked-etl/" + name));
    }

    /** The request of a run that exists. */
    ChunkedRequest request(String runId) {
        return runs.find(runId, ChunkedRequest.Mode.AUTO)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.REQUEST_REFUSED,
                        "run_id: \"" + runId + "\" is no run of this database; `status` lists them"));
    }

    ChunkedRuns runs() {
        return runs;
    }

    PlanObject plan(ChunkedRun.Claimed planned) {
        return run.planObject(planned);
    }

    /** Sends a body to the endpoint that a command stands for, and waits for what comes back. */
    <T> T carryOut(String route, Object body, Class<T> type) throws Exception {
        long begun = System.nanoTime();
        Exchange exchange = camel.request("direct:" + route, body);
        measurements.record(RunFigures.stages(stages.take()));
        if (exchange.getException() != null) {
            ChunkedRun.Claimed claimed = exchange.getVariable("claimed", ChunkedRun.Claimed.class);
            Failure failure = Failure.of(exchange.getException());
            if (claimed != null && failure.exitCode() != ExitCode.STOPPED) {
                tell(claimed, failure);
            }
            throw new PipelineException(failure.exitCode(), failure.message());
        }
        T result = exchange.getMessage().getBody(type);
        if (result instanceof ChunkedReport report) {
            measurements.record(ChunkedFigures.of(report.status(), Duration.ofNanos(System.nanoTime() - begun)));
        }
        return result;
    }

    private void tell(ChunkedRun.Claimed claimed, Failure failure) {
        try {
            run.failed(claimed);
        } catch (PipelineException e) {
            LOG.warn("the run's end could not be written: {}", e.getMessage());
        }
        Exchange told = camel.request(
                destination.endpoint(), notice.failed(claimed.context(), failure.exitCode(), failure.message()));
        if (told.getException() != null) {
            LOG.warn(
                    "nobody could be told that run {} failed", claimed.context().runId(), told.getException());
        }
    }

    /** Prints how a run ended. @return the exit code that says the same */
    static ExitCode print(ChunkedReport report, Console console) {
        report.snapshot().forEach((file, rows) -> console.line("snapshot " + file + ": " + rows + " rows"));
        report.checks()
                .forEach(check -> console.line("%s %s: %s"
                        .formatted(
                                check.passed() ? "ok    " : "FAILED",
                                check.name(),
                                check.figure() == null ? "-" : check.figure().toPlainString())));
        report.failures().forEach(console::line);
        console.line("result " + report.result() + ", resolved " + report.resolved());
        console.line(ChunkedReading.line(report.status()));
        return switch (report.result()) {
            case OK -> ExitCode.DONE;
            case PARTIAL -> report.status().complete() ? ExitCode.DATA_REFUSED : ExitCode.STOPPED;
            case FAILED -> ExitCode.DATA_REFUSED;
        };
    }

    @Override
    public void close() {
        camel.close();
        store.close();
    }
}
