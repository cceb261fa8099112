package io.trustpipeline.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Figures as meters of Micrometer, which Camel's management server shows as Prometheus text: {@code RowsScored} is
 * {@code trustpipeline_rows_scored_total}, {@code Spans} by theme {@code trustpipeline_spans_by_theme_total}, because in
 * Prometheus a name has one set of labels.
 */
public final class PrometheusMeters implements Measurements {
    private final MeterRegistry registry;
    private final String environment;
    private final Map<String, AtomicReference<Double>> latest = new ConcurrentHashMap<>();

    public PrometheusMeters(MeterRegistry registry, String environment) {
        this.registry = registry;
        this.environment = environment;
    }

    @Override
    public void record(List<Measurement> figures) {
        figures.forEach(this::record);
    }

    private void record(Measurement figure) {
        String name = "trustpipeline." + words(figure.name());
        Tags tags = Tags.of("environment", environment);
        if (figure.dimension() != null && figure.value() != null) {
            String dimension = words(figure.dimension());
            name += ".by." + dimension;
            tags = tags.and(dimension, figure.value());
        }
        switch (figure.unit()) {
            case COUNT, BYTES -> registry.counter(name, tags).increment(figure.amount());
            case SECONDS ->
                registry.timer(name.replace(".seconds", ""), tags)
                        .record(Duration.ofMillis(Math.round(figure.amount() * 1000)));
            case COUNT_PER_SECOND -> gauge(name, tags).set(figure.amount());
        }
    }

    private AtomicReference<Double> gauge(String name, Tags tags) {
        return latest.computeIfAbsent(name + tags, key -> {
            AtomicReference<Double> value = new AtomicReference<>(0.0);
            registry.gauge(name, tags, value, AtomicReference::get);
            return value;
        });
    }

    /** {@code rows.scored} for {@code RowsScored}. */
    private static String words(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", ".").toLowerCase(Locale.ROOT);
    }
}
