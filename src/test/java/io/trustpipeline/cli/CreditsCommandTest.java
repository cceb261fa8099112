package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/** Amounts from files: no Slack, no Looker, no warehouse. */
class CreditsCommandTest {
    @TempDir
    Path own;

    @Test
    void figures_in_a_file_become_an_amount_and_past_amounts_are_compared() throws Exception {
        String figures = CreditsWorld.DEMO.resolve("figures.json").toString();
        Invocation amount = Invocation.of("credits", "calculate", "--in", figures);
        assertThat(amount.status()).as(amount.err()).isZero();
        assertThat(new JsonMapper().readTree(amount.out()).path("credit_amount").decimalValue())
                .isEqualByComparingTo(new BigDecimal("7253.76"));
        String past = "[{\"name\": \"a\", \"amount\": %s, \"figures\": " + Files.readString(Path.of(figures)) + "}]";
        String same = Files.writeString(own.resolve("same.json"), past.formatted("7200"))
                .toString();
        String other = Files.writeString(own.resolve("other.json"), past.formatted("7000"))
                .toString();
        assertThat(Invocation.of("credits", "compare", "--in", same, "--home", own.toString())
                        .out())
                .contains("a: $7200 before, $7253.76 now, the same");
        Invocation differs = Invocation.of("credits", "compare", "--in", other, "--home", own.toString());
        assertThat(differs.status()).isEqualTo(65);
        assertThat(differs.out()).contains("differs by 3.63 %");
    }

    @Test
    void a_file_with_a_slip_is_refused_by_its_field() throws Exception {
        Path file = Files.writeString(
                own.resolve("in.json"),
                "{\"fraud_total\": 1, \"events\": [], \"blocking\":"
                        + " [{\"protection_mode\": \"basic\", \"count\": 1, \"block_rate\": 2}]}");
        Invocation refused = Invocation.of("credits", "calculate", "--in", file.toString());
        assertThat(refused.status()).isEqualTo(65);
        assertThat(refused.err()).contains("block_rate: 2; right is a number from 0 to 1");
    }
}
