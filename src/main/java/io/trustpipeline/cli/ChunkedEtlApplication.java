package io.trustpipeline.cli;

import io.trustpipeline.chunked.ChunkedReport;
import io.trustpipeline.chunked.ChunkedRequest;
import io.trustpipeline.chunked.ChunkedRun;
import io.trustpipeline.chunked.Database;
import io.trustpipeline.chunked.DeclarationReader;
import io.trustpipeline.chunked.PlanArchive;
import io.trustpipeline.config.DatabaseSettings;
import io.trustpipeline.config.Secret;
import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.ConsoleProgress;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.Map;

/** The chunked update, wired: its beans, its route, its database and the store that its plan goes to. */
final class ChunkedEtlApplication implements AutoCloseable {
    static final String PIPELINE = "chunked-etl";
    static final String PREFIX = "chunked_etl/";

    /** The stages that send messages are loaded with all others, and not used. */
    private static final Map<String, String> NO_MESSAGES =
            Map.of("trust.notify.destination", "none", "trust.notify.topic", "none");

    private static final String DECLARATION = "chunked-update.yaml";
    private static final Logger LOG = LoggerFactory.getLogger(ChunkedEtlApplication.class);

    private final OpenStore store;
    private final ChunkedRun run;
    private final CamelRuntime camel;

    private ChunkedEtlApplication(Settings settings, Console console, OpenStore store) throws Exception {
        this.store = store;
        this.run = run(settings, console);
        PlanArchive archive = new PlanArchive(run, new RunObjects(store.objects()), PREFIX);
        this.camel = CamelRuntime.start(
                PIPELINE, Map.of("chunkedRun", run, "planArchive", archive), NO_MESSAGES, settings.management());
    }

    static ChunkedEtlApplication start(Settings settings, Console console) throws Exception {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        OpenStore store = OpenStore.forWriting(settings, PREFIX);
        try {
            return new ChunkedEtlApplication(settings, console, store);
        } catch (Exception e) {
            store.close();
            throw e;
        }
    }

    /** The stages alone, for commands that look. */
    static ChunkedRun run(Settings settings, Console console) {
        DatabaseSettings database = settings.database();
        String url = database.url()
                .orElseThrow(() -> new PipelineException(
                        ExitCode.CONFIGURATION,
                        "trust.database.url: missing; right is jdbc:postgresql://host:5432/database (--database), with"
                                + " trust.database.user and trust.database.password where the server asks for them"));
        Installation installation = Installation.current();
        return new ChunkedRun(
                new Database(url, database.user(), () -> database.password().map(Secret::reveal)),
                DeclarationReader.read(DECLARATION, name -> installation.text("sql/chunked-etl/" + name)),
                new ConsoleProgress(console.out(), console.terminal(), Clock.systemUTC()),
                Shutdown.SIGNAL);
    }

    ChunkedRun stages() {
        return run;
    }

    /** Carries a request as far as the endpoint goes: {@code chunked-etl} to its end, {@code chunked-etl-planned} to the plan. */
    <T> T carryOut(String route, ChunkedRequest request, Class<T> type) throws Exception {
        Exchange exchange = camel.request("direct:" + route, request);
        if (exchange.getException() != null) {
            ChunkedRun.Claimed claimed = exchange.getVariable("claimed", ChunkedRun.Claimed.class);
            Failure failure = Failure.of(exchange.getException());
            if (claimed != null && failure.exitCode() != ExitCode.STOPPED) {
                tell(claimed);
            }
            throw new PipelineException(failure.exitCode(), failure.message());
        }
        return exchange.getMessage().getBody(type);
    }

    private void tell(ChunkedRun.Claimed claimed) {
        try {
            run.failed(claimed);
        } catch (PipelineException e) {
            LOG.warn("the run's end could not be written: {}", e.getMessage());
        }
    }

    /** Prints how a run ended. @return the exit code that says the same */
    static ExitCode print(ChunkedReport report, Console console) {
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
            case PARTIAL -> report.failures().isEmpty() ? ExitCode.DATA_REFUSED : ExitCode.STOPPED;
            case FAILED -> ExitCode.DATA_REFUSED;
        };
    }

    @Override
    public void close() {
        camel.close();
        store.close();
    }
}
