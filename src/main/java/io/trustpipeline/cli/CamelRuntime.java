package io.trustpipeline.cli;

import io.trustpipeline.config.Management;
import io.trustpipeline.ops.ManagementServer;
import io.trustpipeline.ops.Traces;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Camel, started with the routes of one pipeline and the beans they name. */
final class CamelRuntime implements AutoCloseable {
    private static final int SHUTDOWN_SECONDS = 20;

    private final Main main;
    private final ProducerTemplate template;
    private final ManagementServer management;
    private final Traces traces;

    private CamelRuntime(Main main, ProducerTemplate template, ManagementServer management, Traces traces) {
        this.main = main;
        this.template = template;
        this.management = management;
        this.traces = traces;
    }

    /**
     * Starts the routes.
     *
     * @param pipeline its name, and that of its routes: {@code routes/<pipeline>.camel.yaml}, with all stages
     * @param beans by the names the routes use
     * @param properties for the routes' {@code {{placeholders}}}
     */
    static CamelRuntime start(
            String pipeline, Map<String, Object> beans, Map<String, String> properties, Management settings)
            throws Exception {
        return start(pipeline, List.of(routes(pipeline)), beans, properties, settings);
    }

    /** The routes of this name that come with the program. */
    static String routes(String name) {
        return "classpath:routes/" + name + ".camel.yaml";
    }

    /** @param routes where the routes are, as Camel writes places; the stages come by themselves */
    static CamelRuntime start(
            String pipeline,
            List<String> routes,
            Map<String, Object> beans,
            Map<String, String> properties,
            Management settings)
            throws Exception {
        Traces traces = Traces.of(System.getenv());
        ManagementServer management = ManagementServer.on(settings.host(), settings.port());
        Main main = new Main();
        // Camel's own hook would stop the routes under the work that Shutdown lets come to a safe place, and it would
        // hold
        // on to everything that was bound here until the JVM ends.
        main.setShutdownStrategy(new SimpleMainShutdownStrategy());
        main.configure()
                .withName(pipeline)
                .withBasePackageScanEnabled(false)
                .withAutoConfigurationLogSummary(false)
                .withShutdownTimeout(SHUTDOWN_SECONDS)
                .withRoutesIncludePattern(Stream.concat(Stream.of(routes("stages/*")), routes.stream())
                        .collect(Collectors.joining(",")));
        properties.forEach(main::addInitialProperty);
        management.properties().forEach(main::addInitialProperty);
        traces.properties().forEach(main::addInitialProperty);
        beans.forEach(main::bind);
        traces.beans().forEach(main::bind);
        try {
            main.start();
        } catch (Exception e) {
            main.stop();
            management.close();
            traces.close();
            throw e;
        }
        return new CamelRuntime(main, main.getCamelTemplate(), management, traces);
    }

    /** Sends a body to an endpoint and waits; the exchange holds what came back, or what went wrong. */
    Exchange request(String endpoint, Object body) {
        return template.request(endpoint, exchange -> exchange.getMessage().setBody(body));
    }

    /** Starts routes that wait to be started, those of them that are there. */
    void startRoutes(String... ids) throws Exception {
        for (String id : ids) {
            if (main.getCamelContext().getRoute(id) != null) {
                main.getCamelContext().getRouteController().startRoute(id);
            }
        }
    }

    /** The one bean of a type; null when there is none. */
    <T> @Nullable T bean(Class<T> type) {
        return main.getCamelContext().getRegistry().findSingleByType(type);
    }

    @Override
    public void close() {
        main.stop();
        management.close();
        traces.close();
    }
}
