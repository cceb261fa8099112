package io.trustpipeline.ops;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.bridge.SLF4JBridgeHandler;

import java.util.Map;
import java.util.logging.Logger;

/** {@link Traces} that are sent. Apart from it, so that its classes are loaded only then. */
final class OtlpTraces {
    /** What the environment may say otherwise. Metrics and logs go other ways. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.service.name", "trust-pipeline",
            "otel.exporter.otlp.protocol", "http/protobuf",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none");

    /** Held, because the JDK forgets what is set on loggers that nobody holds. */
    private static final Logger SDK = Logger.getLogger("io.opentelemetry");

    private OtlpTraces() {}

    static Traces start() {
        logWithTheOthers();
        try {
            OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addTracerProviderCustomizer(
                            (provider, properties) -> provider.addSpanProcessor(new LoggedContext()))
                    .build()
                    .getOpenTelemetrySdk();
            return new Traces(
                    Map.of("tracer", sdk.getTracer("trust-pipeline"), "propagators", sdk.getPropagators()),
                    Map.of("camel.opentelemetry2.enabled", "true"),
                    sdk::close);
        } catch (ConfigurationException | IllegalArgumentException | IllegalStateException wrong) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    "OTEL_…: " + String.valueOf(wrong.getMessage()).replaceAll("\\s+", " "),
                    wrong);
        }
    }

    /** The SDK writes its warnings with the JDK's logging, which would print them. */
    private static void logWithTheOthers() {
        if (SDK.getUseParentHandlers()) {
            SDK.setUseParentHandlers(false);
            SDK.addHandler(new SLF4JBridgeHandler());
        }
    }

    /** Gives each span what the log gives each line: run, stage and request. */
    private static final class LoggedContext implements SpanProcessor {
        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            @Nullable Map<String, String> context = MDC.getCopyOfContextMap();
            if (context != null) {
                context.forEach(span::setAttribute);
            }
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {}

        @Override
        public boolean isEndRequired() {
            return false;
        }
    }
}
