package io.trustpipeline.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Figures as lines of the log that CloudWatch makes metrics of, without an agent and without a call (Amazon CloudWatch User
 * Guide, "Specification: Embedded metric format"). A line holds the figures that share their dimensions.
 */
public final class EmbeddedMetricFormat implements Measurements {
    static final String NAMESPACE = "TrustPipeline";
    static final String ENVIRONMENT = "Environment";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMetricFormat.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final String environment;
    private final Clock clock;
    private final Consumer<String> lines;

    /** @param lines takes each line, and writes it as it is */
    public EmbeddedMetricFormat(String environment, Clock clock, Consumer<String> lines) {
        this.environment = environment;
        this.clock = clock;
        this.lines = lines;
    }

    @Override
    public void record(List<Measurement> figures) {
        Map<Map<String, String>, ObjectNode> byDimensions = new LinkedHashMap<>();
        for (Measurement figure : figures) {
            ObjectNode line = byDimensions.computeIfAbsent(dimensions(figure), this::line);
            if (line.has(figure.name())) {
                LOG.warn("metric {} was given twice and is told once", figure.name());
                continue;
            }
            ObjectNode metric =
                    line.withArray("/_aws/CloudWatchMetrics/0/Metrics").addObject();
            metric.put("Name", figure.name()).put("Unit", figure.unit().text());
            line.put(figure.name(), figure.amount());
        }
        byDimensions.values().forEach(line -> {
            try {
                lines.accept(JSON.writeValueAsString(line));
            } catch (JsonProcessingException e) {
                LOG.warn("a metric could not be written", e);
            }
        });
    }

    private Map<String, String> dimensions(Measurement figure) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        dimensions.put(ENVIRONMENT, environment);
        if (figure.dimension() != null && figure.value() != null) {
            dimensions.put(figure.dimension(), figure.value());
        }
        return dimensions;
    }

    private ObjectNode line(Map<String, String> dimensions) {
        ObjectNode line = JSON.createObjectNode();
        ObjectNode aws = line.putObject("_aws");
        aws.put("Timestamp", clock.millis());
        ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
        directive.put("Namespace", NAMESPACE);
        ArrayNode names = directive.putArray("Dimensions").addArray();
        dimensions.keySet().forEach(names::add);
        directive.putArray("Metrics");
        dimensions.forEach(line::put);
        // Not dimensions: what to look for in the log when the figure is strange.
        if (MDC.getCopyOfContextMap() != null) {
            MDC.getCopyOfContextMap().forEach(line::put);
        }
        return line;
    }
}
