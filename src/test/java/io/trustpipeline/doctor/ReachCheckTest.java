package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ReachCheckTest {

    @Test
    void a_place_that_answers_is_good_and_one_that_does_not_is_named() throws IOException {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            ReachCheck check = new ReachCheck(
                    Map.of(
                            "open", URI.create("http://127.0.0.1:" + open.getLocalPort()),
                            "closed", URI.create("http://127.0.0.1:" + closed)),
                    Duration.ofSeconds(2));
            List<Finding> findings = check.examine();
            assertThat(findings).hasSize(2);
            assertThat(findings)
                    .filteredOn(Finding.Good.class::isInstance)
                    .singleElement()
                    .satisfies(good -> assertThat(good.subject()).isEqualTo("reach open"));
            assertThat(findings)
                    .filteredOn(Finding.Bad.class::isInstance)
                    .singleElement()
                    .satisfies(bad -> {
                        assertThat(bad.subject()).isEqualTo("reach closed");
                        assertThat(bad.state()).contains("127.0.0.1:" + closed);
                        assertThat(((Finding.Bad) bad).exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
                    });
        }
    }

    @Test
    void a_name_that_nobody_knows_is_a_finding_and_no_crash() {
        ReachCheck check =
                new ReachCheck(Map.of("nowhere", URI.create("https://nowhere.invalid")), Duration.ofSeconds(2));
        assertThat(check.examine()).singleElement().isInstanceOf(Finding.Bad.class);
    }
}
