package io.trustpipeline.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.run.Progress;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A stage of 1,000 rows at 100 rows a second, resumed where 200 were done. */
class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Ticking clock = new Ticking();

    private String told(Progress progress) {
        progress.stage("export");
        clock.now = clock.now.plusSeconds(3);
        progress.stage("score");
        for (long done = 200; done <= 1_000; done += 50) {
            progress.rows(done, 1_000);
            clock.now = clock.now.plusMillis(500);
        }
        progress.note("one model is missing");
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void programs_read_one_json_object_a_line_at_most_one_a_second() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : told(new JsonProgress(out, clock)).lines().toList()) {
            events.add(new JsonMapper().readTree(line));
        }
        assertThat(events.get(0).path("event").asText()).isEqualTo("stage");
        assertThat(events.get(1).path("stage").asText()).isEqualTo("score");
        List<JsonNode> rows = events.stream()
                .filter(event -> event.path("event").asText().equals("rows"))
                .toList();
        assertThat(rows).hasSize(9);
        JsonNode half = rows.get(3);
        assertThat(half.path("done").asLong()).isEqualTo(500);
        assertThat(half.path("percent").asLong()).isEqualTo(50);
        assertThat(half.path("rows_per_second").asLong()).isEqualTo(100);
        assertThat(half.path("seconds_left").asLong()).isEqualTo(5);
        assertThat(rows.get(0).has("seconds_left")).isFalse();
        assertThat(rows.get(8).path("done").asLong()).isEqualTo(1_000);
        assertThat(events.get(events.size() - 1).path("text").asText()).isEqualTo("one model is missing");
    }

    @Test
    void a_terminal_shows_one_line_a_stage_with_pace_and_time_left() {
        String told = told(new ConsoleProgress(out, true, clock));
        assertThat(told.split("\n")).hasSize(3).startsWith("export").endsWith("one model is missing");
        assertThat(told).contains("score  50 % 500 of 1,000 rows, 100 rows/s, 5 s left");
        assertThat(told).contains("score 100 % 1,000 of 1,000 rows, 100 rows/s, 8.0 s");
    }

    @Test
    void a_file_gets_a_plain_line_at_every_tenth() {
        String told = told(new ConsoleProgress(out, false, clock));
        assertThat(told).doesNotContain("\r", "\u001b");
        assertThat(told.lines()).hasSize(2 + 9 + 1);
    }

    private static final class Ticking extends Clock {
        private Instant now = Instant.parse("2025-09-26T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
