package io.trustpipeline.cli;

import io.trustpipeline.cli.TraceCollector.Seen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** Traces of a run, as a collector gets them; and a program that has none. */
class TracesTest {
    @TempDir
    Path folder;

    @Test
    void a_run_is_one_trace_with_a_span_for_each_stage_at_the_collector_that_the_environment_names() throws Exception {
        try (TraceCollector collector = TraceCollector.start()) {
            ProgramProcess.Ended ended = run(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint()));
            assertThat(ended.status()).as(ended.text()).isZero();
            List<Seen> spans = collector.spans();
            assertThat(spans).extracting(Seen::service).containsOnly("trust-pipeline");
            assertThat(spans)
                    .extracting(Seen::trace)
                    .as(spans.toString())
                    .containsOnly(spans.get(0).trace());
            Set<String> known = spans.stream().map(Seen::id).collect(Collectors.toSet());
            assertThat(spans).filteredOn(span -> span.parent().isEmpty()).hasSize(1);
            assertThat(spans).allMatch(span -> span.parent().isEmpty() || known.contains(span.parent()));
            assertThat(spans)
                    .extracting(Seen::name)
                    .contains("trust-claim", "trust-export", "trust-plan", "trust-score", "trust-commit");
            assertThat(spans)
                    .filteredOn(span -> span.name().equals("trust-commit"))
                    .allSatisfy(span -> assertThat(span.attributes()).containsEntry("run_id", "traced"));
            assertThat(spans.toString())
                    .as("no comment text")
                    .doesNotContain(Files.readAllLines(folder.resolve("comments.csv"))
                            .get(1)
                            .split(",")[3]);
        }
    }

    @Test
    @Tag("slow")
    void a_collector_that_is_not_there_stops_no_run() throws Exception {
        ProgramProcess.Ended ended = run(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        assertThat(ended.status()).as(ended.text()).isZero();
        assertThat(ended.text()).doesNotContain("opentelemetry");
        assertThat(folder.resolve("home/logs/trust-pipeline.jsonl")).content().contains("io.opentelemetry");
    }

    @Test
    @Tag("slow")
    void without_a_collector_nothing_of_opentelemetry_is_loaded() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        ProgramProcess.Ended ended = run(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + loaded));
        assertThat(ended.status()).as(ended.text()).isZero();
        assertThat(loaded)
                .content()
                .contains("io.trustpipeline.cli.CamelRuntime")
                .doesNotContain("io.opentelemetry.");
    }

    private ProgramProcess.Ended run(Map<String, String> environment) throws Exception {
        String[] arguments = SmallData.arguments(
                folder.resolve("home"),
                SmallData.comments(folder.resolve("comments.csv"), 20),
                SmallData.models(folder.resolve("models")),
                "--run-id",
                "traced");
        try (ProgramProcess process = ProgramProcess.start(folder, environment, arguments)) {
            return process.end();
        }
    }
}
