package io.trustpipeline.cli;

import io.micrometer.core.instrument.MeterRegistry;
import io.trustpipeline.config.Settings;
import io.trustpipeline.export.SqlTemplate;
import io.trustpipeline.notify.Announcer;
import io.trustpipeline.ops.LatestProgress;
import io.trustpipeline.ops.LoggedProgress;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Prices;
import io.trustpipeline.run.Redrives;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunIndex;
import io.trustpipeline.run.RunJournal;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.RunLimits;
import io.trustpipeline.run.RunRequest;
import io.trustpipeline.run.RunState;
import io.trustpipeline.run.StopSignal;
import io.trustpipeline.run.Workspace;
import io.trustpipeline.table.DuckDb;
import io.trustpipeline.trigger.Execution;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The trust pipeline, wired: its beans, its routes, and the store they work on. */
final class TrustApplication implements AutoCloseable {
    static final String PIPELINE = "trust";
    static final String PREFIX = "trust_scoring/";

    private static final Logger LOG = LoggerFactory.getLogger(TrustApplication.class);

    private final Settings settings;
    private final Console console;
    private final Clock clock;
    private final OpenStore store;
    private final Workspace workspace;
    private final Redrives redrives;
    private final LatestProgress progress;
    private final RunJournal journal;
    private final Announcer announcer;
    private final LoadedModels models;
    private final RunEstimates estimates;
    private final RunLimits limits;
    private final RunMetrics metrics;
    private final @Nullable ServiceRoutes service;
    private final CamelRuntime camel;
    private final AtomicLong ended = new AtomicLong();

    private TrustApplication(
            Settings settings,
            Console console,
            OpenStore store,
            Path scratch,
            boolean scoring,
            Clock clock,
            UnaryOperator<Map<String, Object>> wiring,
            @Nullable ServiceReport report)
            throws Exception {
        this.settings = settings;
        this.console = console;
        this.store = store;
        this.clock = clock;
        this.workspace = new Workspace(scratch);
        this.redrives = new Redrives(store.objects(), workspace, PREFIX);
        this.journal = new RunJournal(store.objects(), clock);
        this.announcer = new Announcer(journal);
        this.progress = new LatestProgress(
                Logs.onStandardOutput() && !console.json() ? new LoggedProgress() : console.progress(clock), clock);
        this.models = scoring ? loadModels() : LoadedModels.none();
        Prices prices = new Prices(
                settings.prices().vcpuHour(),
                settings.prices().gigabyteHour(),
                Runtime.getRuntime().availableProcessors(),
                settings.prices().gigabytes());
        Installation installation = Installation.current();
        SqlTemplate query =
                SqlTemplate.parse("the source query", settings.warehouse().sql().orElseGet(installation::sourceQuery));
        this.metrics = new RunMetrics(settings.run().environment(), clock);
        this.estimates = new RunEstimates(settings, store.objects(), PREFIX, workspace, models, prices, query, clock);
        StopSignal stop = Shutdown.SIGNAL.forOneRun();
        this.limits = new RunLimits(store.objects(), prices, stop, clock);
        TrustBeans named = new TrustBeans(
                settings,
                store,
                workspace,
                redrives,
                models,
                prices,
                stop,
                limits,
                query,
                journal,
                announcer,
                progress,
                metrics.stages(),
                clock);
        Map<String, Object> beans = new HashMap<>(wiring.apply(named.byName()));
        if (report == null) {
            this.service = null;
            this.camel = CamelRuntime.start(PIPELINE, List.of(routes()), beans, properties(), settings.management());
        } else {
            this.service = new ServiceRoutes(settings, store.objects(), new Execution.RunHere(this::carryOut), report);
            beans.putAll(new ServiceHealth(settings, store.objects(), models).beans());
            this.camel = service.start(PIPELINE, routes(), beans, properties());
            report.tell(metrics.alsoTo(camel.bean(MeterRegistry.class)));
        }
    }

    /** Starts everything that a run needs. The models load meanwhile, in the background. */
    static TrustApplication start(Settings settings, Console console) throws Exception {
        return start(settings, console, "work", true, Clock.systemUTC(), UnaryOperator.identity(), null);
    }

    /**
     * Starts it with another clock or other beans.
     *
     * @param wiring gets the beans by the names that the routes use
     */
    static TrustApplication start(
            Settings settings, Console console, Clock clock, UnaryOperator<Map<String, Object>> wiring)
            throws Exception {
        return start(settings, console, "work", true, clock, wiring, null);
    }

    /**
     * Starts what one of the tasks of a run needs. Several may share a machine.
     *
     * @param scoring whether the task needs the models
     */
    static TrustApplication startTask(Settings settings, Console console, boolean scoring) throws Exception {
        String scratch = "work/task-" + ProcessHandle.current().pid();
        return start(settings, console, scratch, scoring, Clock.systemUTC(), UnaryOperator.identity(), null);
    }

    /** Starts a service that looks for requests once {@link #untilStopped} is called. */
    static TrustApplication serve(Settings settings, Console console, ServiceReport report) throws Exception {
        return start(settings, console, "work", true, Clock.systemUTC(), UnaryOperator.identity(), report);
    }

    private static TrustApplication start(
            Settings settings,
            Console console,
            String scratch,
            boolean scoring,
            Clock clock,
            UnaryOperator<Map<String, Object>> wiring,
            @Nullable ServiceReport report)
            throws Exception {
        Path home = settings.run().home();
        Logs.open(home.resolve("logs/trust-pipeline.jsonl"));
        OpenStore store = OpenStore.forWriting(settings, PREFIX);
        try {
            return new TrustApplication(
                    settings, console, store, home.resolve(scratch), scoring, clock, wiring, report);
        } catch (Exception e) {
            store.close();
            throw e;
        }
    }

    private LoadedModels loadModels() {
        ModelFolders folders = new ModelFolders(settings, Installation.current().demoModels(), store.client());
        return LoadedModels.inBackground(folders::catalogue, folders.archives(), settings, progress);
    }

    /** The pipeline's own routes, or those of somebody who copied and changed them. */
    private String routes() {
        return settings.run()
                .routes()
                .map(file -> {
                    if (!Files.isRegularFile(file)) {
                        throw new PipelineException(
                                ExitCode.CONFIGURATION, "trust.run.routes: " + file + " is not there");
                    }
                    return "file:" + file;
                })
                .orElseGet(() -> CamelRuntime.routes(PIPELINE));
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(new Destination(settings).properties());
        properties.put("trust.bucket", store.objects().bucket());
        return properties;
    }

    /** A run that came to its end, and what it did. */
    record Finished(Run run, Manifest manifest) {}

    /**
     * Carries a request to its end.
     *
     * @throws Exception whatever stopped it; people were told unless the run may be resumed without mending anything
     */
    Finished run(RequestFields fields) throws Exception {
        RequestFields admitted = admitted(fields);
        Instant begun = clock.instant();
        Exchange exchange = camel.request("direct:" + PIPELINE, admitted);
        Run claimed = exchange.getVariable("claimed", Run.class);
        if (exchange.getException() != null) {
            metrics.failed(claimed);
            if (claimed != null) {
                tellFailure(claimed, Failure.of(exchange.getException()));
            }
            throw exchange.getException();
        }
        Manifest manifest = journal.manifest(claimed);
        workspace.clear(claimed);
        metrics.ended(claimed, manifest, Duration.between(begun, clock.instant()));
        if (claimed.state() == RunState.NOTIFIED) {
            console.line("run " + manifest.runId() + " is done already; a new run_id starts another");
        } else if (claimed.state() == RunState.STARTED && manifest.attempts() != claimed.attempt()) {
            console.line("run " + manifest.runId() + " was committed by attempt " + manifest.attempts()
                    + " while this one, attempt " + claimed.attempt() + ", was at it; what stands is that one's");
        }
        console.line(announcer.announce(claimed).summary());
        if (settings.storage().embedded() && journal.report(claimed).isPresent()) {
            console.line("The report opens in a browser: "
                    + StoreReading.place(
                            settings, store.objects().bucket(), claimed.layout().reportKey()));
        }
        return new Finished(claimed, manifest);
    }

    /** Within its limits by the estimate, and held to them from now on. */
    private RequestFields admitted(RequestFields fields) {
        limits.begin(fields.limits());
        return estimates.admitted(fields);
    }

    /**
     * Does what one task of the state machine does. People are not told of a failure: the state machine tells them, once.
     *
     * @param route the end of its name in {@code trust.camel.yaml}
     * @return what the task reports
     */
    Object task(String route, Object body) throws Exception {
        Instant begun = clock.instant();
        try {
            Object asked = body instanceof RequestFields fields ? admitted(fields) : body;
            Exchange exchange = camel.request("direct:trust-task-" + route, asked);
            if (exchange.getException() != null) {
                metrics.failed(null);
                throw exchange.getException();
            }
            Object result = exchange.getMessage().getBody();
            metrics.taskEnded(result, begun, index());
            return result;
        } finally {
            workspace.clear();
        }
    }

    /** Carries a trigger's request to its end, and says in one line what was done. */
    private String carryOut(RequestFields fields) {
        try {
            Manifest manifest = run(fields).manifest();
            return "run " + manifest.runId() + " is " + manifest.state() + ": " + manifest.rows();
        } catch (Exception e) {
            throw Failure.asPipelineException(e);
        } finally {
            progress.idle();
            ended.incrementAndGet();
        }
    }

    /** Serves until somebody asks for a stop; what is under way then comes to a safe place when this is closed. */
    void untilStopped() throws Exception {
        // Nothing is taken that could only fail.
        models.atHand();
        ServiceRoutes routes = Objects.requireNonNull(service, "serve() comes first");
        try (PageServer page =
                PageServer.start(settings.serve().pagePort(), store.objects(), progress::latest, ended::get)) {
            page.address().ifPresent(address -> console.line("runs and reports at " + address));
            routes.untilStopped(camel, console);
        }
    }

    /** What runs would take. */
    RunEstimates estimates() {
        return estimates;
    }

    RunIndex index() {
        return new RunIndex(store.objects(), PREFIX);
    }

    Redrives redrives() {
        return redrives;
    }

    /** The rows that a committed run rejected. */
    Redrives.Rows rejected(RunRequest request) {
        Run parent = new Run(request, new RunLayout(store.objects().bucket(), PREFIX, request), RunState.COMMITTED, 0);
        try {
            return redrives.count(parent, request.runId());
        } finally {
            workspace.clear(parent);
        }
    }

    /** At most {@code count} of the spans that the run found, or that earlier runs had found in its comments. */
    List<String> examples(Finished finished, int count) throws SQLException {
        List<Manifest> found = new ArrayList<>(List.of(finished.manifest()));
        finished.manifest().alreadyScoredIn().keySet().forEach(runId -> index().find(runId)
                .flatMap(RunIndex.Entry::manifest)
                .ifPresent(found::add));
        try {
            List<Path> files = found.stream()
                    .flatMap(manifest -> manifest.scored().stream())
                    .map(object -> workspace.local(finished.run(), store.objects(), object))
                    .toList();
            return ExampleSpans.of(
                    files,
                    count,
                    DuckDb.Limits.standard(workspace.of(finished.run()).resolve("spill")));
        } finally {
            workspace.clear(finished.run());
        }
    }

    /** Where people find the scored objects: as files when the store is a folder. */
    List<String> places(Manifest manifest) {
        return manifest.scored().stream()
                .map(object -> StoreReading.place(settings, store.objects().bucket(), object.key()))
                .toList();
    }

    private void tellFailure(Run run, Failure failure) {
        if (failure.exitCode() == ExitCode.STOPPED || failure.exitCode() == ExitCode.LIMIT_REACHED) {
            return;
        }
        Exchange told = camel.request(
                new Destination(settings).endpoint(),
                announcer.failed(run.request(), clock.instant(), failure.exitCode(), failure.message()));
        if (told.getException() != null) {
            LOG.warn("nobody could be told that run {} failed", run.request().runId(), told.getException());
        }
    }

    @Override
    public void close() {
        camel.close();
        if (service != null) {
            service.close();
        }
        models.close();
        store.close();
    }
}
