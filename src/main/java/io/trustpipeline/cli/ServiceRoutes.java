package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.ManagementServer;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.trigger.Execution;
import io.trustpipeline.trigger.Schedule;
import io.trustpipeline.trigger.TriggerInbox;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code routes/serve.camel.yaml} names. */
final class ServiceRoutes implements AutoCloseable {
    private static final String FILE = "serve";
    static final String[] IDS = {"serve-triggers", "serve-schedule"};

    private final Settings settings;
    private final ObjectStore store;
    private final Execution execution;
    private final ServiceReport report;
    private final TriggerInbox triggers;

    ServiceRoutes(Settings settings, ObjectStore store, Execution execution, ServiceReport report) {
        this.settings = settings;
        this.store = store;
        this.execution = execution;
        this.report = report;
        RequestReader reader = new RequestReader(TrustApplication.PIPELINE);
        if (settings.serve().schedule().isPresent()) {
            // A request that is wrong is said now, not at night.
            reader.read(settings.serve().scheduledRequest());
        }
        Clock clock = Clock.systemUTC();
        this.triggers = new TriggerInbox(
                store,
                TrustApplication.PREFIX,
                reader,
                RunIds.next(clock, new SecureRandom()),
                settings.serve().lease(),
                settings.run().zone(),
                clock,
                Shutdown.SIGNAL);
    }

    /** Starts the pipeline's routes together with those of the service, with health of all it needs, and metrics. */
    CamelRuntime start(Map<String, Object> pipelineBeans, Map<String, String> pipelineProperties, LoadedModels models)
            throws Exception {
        Map<String, Object> beans = new HashMap<>(pipelineBeans);
        beans.putAll(beans());
        beans.putAll(new ServiceHealth(settings, store, models).beans());
        Map<String, String> properties = new HashMap<>(pipelineProperties);
        properties.putAll(properties());
        properties.putAll(ManagementServer.metrics());
        return CamelRuntime.start(TrustApplication.PIPELINE, List.of(FILE), beans, properties, settings.management());
    }

    private Map<String, Object> beans() {
        Map<String, Object> beans = new HashMap<>();
        beans.put("triggers", triggers);
        beans.put("execution", execution);
        beans.put("serviceReport", report);
        beans.put(
                "schedule",
                new Schedule(store, TrustApplication.PREFIX, settings.serve().scheduledRequest()));
        return beans;
    }

    /** Not named as settings are: Camel lets a variable of the environment replace a property of its name. */
    private Map<String, String> properties() {
        return Map.of(
                "serve.delay",
                Long.toString(settings.serve().poll().toMillis()),
                "serve.scheduled",
                Boolean.toString(settings.serve().schedule().isPresent()),
                "serve.cron",
                settings.serve().schedule().orElse(""),
                "serve.zone",
                settings.run().zone().getId());
    }

    @Override
    public void close() {
        triggers.close();
    }
}
