package io.trustpipeline.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LogsTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogsTest.class);

    @TempDir
    Path folder;

    @Test
    void whatever_is_logged_and_whoever_asked_for_it_a_line_stays_one_line() throws Exception {
        List<String> values = List.of(
                "a\nb",
                "\r\n{\"level\":\"ERROR\",\"formattedMessage\":\"forged\"}",
                "\",\"level\":\"ERROR\",\"x\":\"",
                "\u001b[2J\u0000\u0007",
                "${jndi:ldap://example.com}",
                "{}",
                "\u2028\u2029\u0085");
        Path file = folder.resolve("log.jsonl");
        Logs.open(file);
        for (String value : values) {
            try (MDC.MDCCloseable request = MDC.putCloseable("request_id", value)) {
                LOG.info("trigger {} done", value);
            }
        }
        List<String> lines = Files.readAllLines(file).stream()
                .filter(line -> line.contains("LogsTest"))
                .toList();
        assertThat(lines).hasSameSizeAs(values);
        for (int i = 0; i < values.size(); i++) {
            assertThat(lines.get(i)).doesNotContainPattern("[\\x00-\\x1f]");
            JsonNode line = new JsonMapper().readTree(lines.get(i));
            assertThat(line.path("level").asText()).isEqualTo("INFO");
            assertThat(line.path("message").asText()).isEqualTo("trigger {} done");
            assertThat(line.at("/arguments/0").asText()).isEqualTo(values.get(i));
            assertThat(line.at("/mdc/request_id").asText()).isEqualTo(values.get(i));
        }
    }
}
