package io.trustpipeline.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.trustpipeline.ops.Measurement.Unit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class MeasurementsTest {
    private static final List<Measurement> FIGURES = List.of(
            Measurement.of("RowsScored", Unit.COUNT, 20),
            Measurement.of("RunSeconds", Unit.SECONDS, 1.5),
            Measurement.of("TokensPerSecond", Unit.COUNT_PER_SECOND, 123.5),
            Measurement.of("Spans", Unit.COUNT, 5),
            Measurement.of("Spans", Unit.COUNT, 3, "Theme", "Gratitude"),
            Measurement.of("Spans", Unit.COUNT, 2, "Theme", "Respect"));

    @Test
    void figures_with_the_same_dimensions_share_a_line_that_cloudwatch_understands() throws Exception {
        List<JsonNode> lines = embedded(FIGURES);
        assertThat(lines).hasSize(3);
        JsonNode first = lines.get(0);
        JsonNode directive = first.at("/_aws/CloudWatchMetrics/0");
        assertThat(first.at("/_aws/Timestamp").asLong()).isEqualTo(1_770_091_506_000L);
        assertThat(directive.path("Namespace").asText()).isEqualTo("TrustPipeline");
        assertThat(directive.path("Dimensions")).hasToString("[[\"Environment\"]]");
        assertThat(first.path("Environment").asText()).isEqualTo("prod");
        assertThat(directive.at("/Metrics/1")).hasToString("{\"Name\":\"RunSeconds\",\"Unit\":\"Seconds\"}");
        assertThat(first.path("RunSeconds").asDouble()).isEqualTo(1.5);
        assertThat(lines.get(1).at("/_aws/CloudWatchMetrics/0/Dimensions"))
                .hasToString("[[\"Environment\",\"Theme\"]]");
        assertThat(lines.get(1).path("Theme").asText()).isEqualTo("Gratitude");
        assertThat(lines.get(2).path("Spans").asInt()).isEqualTo(2);
    }

    /** "Specification: Embedded metric format": every name that a directive lists is a member of the line. */
    @Test
    void every_metric_and_dimension_that_a_line_announces_is_in_it() throws Exception {
        for (JsonNode line : embedded(FIGURES)) {
            for (JsonNode directive : line.at("/_aws/CloudWatchMetrics")) {
                directive.path("Metrics").forEach(metric -> assertThat(
                                line.path(metric.path("Name").asText()).isNumber())
                        .isTrue());
                directive.at("/Dimensions/0").forEach(name -> assertThat(
                                line.path(name.asText()).isTextual())
                        .isTrue());
            }
        }
    }

    @Test
    void a_line_says_of_which_run_it_is() throws Exception {
        try (MDC.MDCCloseable run = MDC.putCloseable("run_id", "nightly-17")) {
            assertThat(embedded(FIGURES))
                    .allSatisfy(line -> assertThat(line.path("run_id").asText()).isEqualTo("nightly-17"));
        }
    }

    @Test
    void prometheus_counts_on_and_keeps_the_latest_rate() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        PrometheusMeters meters = new PrometheusMeters(registry, "prod");
        meters.record(FIGURES);
        meters.record(FIGURES);
        meters.record(List.of(Measurement.of("TokensPerSecond", Unit.COUNT_PER_SECOND, 7)));
        assertThat(registry.scrape())
                .contains("trustpipeline_rows_scored_total{environment=\"prod\"} 40.0")
                .contains("trustpipeline_run_seconds_sum{environment=\"prod\"} 3.0")
                .contains("trustpipeline_tokens_per_second{environment=\"prod\"} 7.0")
                .contains("trustpipeline_spans_total{environment=\"prod\"} 10.0")
                .contains("trustpipeline_spans_by_theme_total{environment=\"prod\",theme=\"Respect\"} 4.0");
    }

    @Test
    void stages_are_told_apart() throws Exception {
        List<JsonNode> lines =
                embedded(RunFigures.stages(Map.of("export", Duration.ofMillis(1_500), "score", Duration.ofMinutes(2))));
        assertThat(lines)
                .extracting(line -> line.path("Stage").asText() + " "
                        + line.path("StageSeconds").asDouble())
                .containsExactlyInAnyOrder("export 1.5", "score 120.0");
    }

    private static List<JsonNode> embedded(List<Measurement> figures) throws Exception {
        List<String> lines = new ArrayList<>();
        Clock clock = Clock.fixed(Instant.parse("2026-02-03T04:05:06Z"), ZoneOffset.UTC);
        new EmbeddedMetricFormat("prod", clock, lines::add).record(figures);
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : lines) {
            parsed.add(new JsonMapper().readTree(line));
        }
        return parsed;
    }
}
