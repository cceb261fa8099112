package io.trustpipeline.ops;

import java.util.Map;

/**
 * Traces of what the routes do, for a collector that the environment names as every OpenTelemetry SDK reads it ({@code
 * OTEL_EXPORTER_OTLP_ENDPOINT} and the others). Where none is named, no class of OpenTelemetry is loaded.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">The variables</a>
 */
public final class Traces implements AutoCloseable {
    private static final Traces NONE = new Traces(Map.of(), Map.of(), () -> {});

    private final Map<String, Object> beans;
    private final Map<String, String> properties;
    private final Runnable end;

    Traces(Map<String, Object> beans, Map<String, String> properties, Runnable end) {
        this.beans = beans;
        this.properties = properties;
        this.end = end;
    }

    /**
     * Begins to send, if a collector is named.
     *
     * @param environment of the process
     * @throws io.trustpipeline.run.PipelineException CONFIGURATION when a variable makes no sense
     */
    public static Traces of(Map<String, String> environment) {
        return wanted(environment) ? OtlpTraces.start() : NONE;
    }

    static boolean wanted(Map<String, String> environment) {
        boolean named =
                !environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "").isBlank()
                        || !environment
                                .getOrDefault("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "")
                                .isBlank();
        return named
                && !environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")
                && !environment.getOrDefault("OTEL_TRACES_EXPORTER", "").equalsIgnoreCase("none");
    }

    /** Found by Camel's tracer among the beans. */
    public Map<String, Object> beans() {
        return beans;
    }

    /** For Camel: a span for each route and each endpoint that is called. */
    public Map<String, String> properties() {
        return properties;
    }

    /** Sends what is left; a collector that does not answer is waited for ten seconds. */
    @Override
    public void close() {
        end.run();
    }
}
