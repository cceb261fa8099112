package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.ManagementServer;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.store.ObjectStore;
import io.trustpipeline.trigger.Execution;
import io.trustpipeline.trigger.Schedule;
import io.trustpipeline.trigger.TriggerInbox;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What {@code routes/serve.camel.yaml} names. */
final class ServiceRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRoutes.class);
    private static final String FILE = "serve";
    private static final String[] IDS = {"serve-triggers", "serve-schedule"};

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

    /**
     * Starts these routes together with those that carry requests out, and with metrics.
     *
     * @param pipeline the name of those routes
     * @param routes where they are, as Camel writes places
     * @param others what they name, and checks of health
     */
    CamelRuntime start(String pipeline, String routes, Map<String, Object> others, Map<String, String> theirProperties)
            throws Exception {
        Map<String, Object> beans = new HashMap<>(others);
        beans.putAll(beans());
        Map<String, String> properties = new HashMap<>(theirProperties);
        properties.putAll(properties());
        properties.putAll(ManagementServer.metrics());
        return CamelRuntime.start(
                pipeline, List.of(routes, CamelRuntime.routes(FILE)), beans, properties, settings.management());
    }

    /** Serves until somebody asks for a stop. */
    void untilStopped(CamelRuntime camel, Console console) throws Exception {
        camel.startRoutes(IDS);
        console.line("watching s3://" + store.bucket() + "/" + TrustApplication.PREFIX + "triggers/");
        while (!Shutdown.SIGNAL.await(Duration.ofHours(1))) {
            LOG.info("still watching");
        }
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
