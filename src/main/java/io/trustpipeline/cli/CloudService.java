package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.trigger.Execution;

import java.util.HashMap;
import java.util.Map;

/** {@code serve} where a state machine is named: it carries out what trigger files and the schedule ask for. */
final class CloudService implements AutoCloseable {
    private final Console console;
    private final OpenStore store;
    private final Executions executions;
    private final ServiceRoutes service;
    private final CamelRuntime camel;

    private CloudService(Settings settings, Console console, OpenStore store, ServiceReport report) throws Exception {
        this.console = console;
        this.store = store;
        this.executions = new Executions(settings);
        this.service = new ServiceRoutes(settings, store.objects(), new Execution.StartExecution(this::begin), report);
        Map<String, Object> beans = new HashMap<>(executions.beans());
        beans.put("storageReady", ServiceHealth.storage(store.objects()));
        this.camel = service.start(
                Executions.ROUTES, CamelRuntime.routes(Executions.ROUTES), beans, executions.properties());
    }

    static CloudService start(Settings settings, Console console, ServiceReport report) throws Exception {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        OpenStore store = OpenStore.forWriting(settings, TrustApplication.PREFIX);
        try {
            return new CloudService(settings, console, store, report);
        } catch (Exception e) {
            store.close();
            throw e;
        }
    }

    private String begin(RequestFields fields) {
        try {
            Executions.Started started = executions.start(camel, fields);
            return "run " + started.runId() + " is execution " + started.arn();
        } catch (Exception e) {
            throw Failure.asPipelineException(e);
        }
    }

    /** Serves until somebody asks for a stop. */
    void untilStopped() throws Exception {
        service.untilStopped(camel, console);
    }

    @Override
    public void close() {
        camel.close();
        service.close();
        executions.close();
        store.close();
    }
}
