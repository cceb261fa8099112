package io.trustpipeline.cli;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code run credits} as the schedule starts it, killed with SIGKILL: never two replies, never none. */
class CreditsCrashTest {
    @TempDir
    static Path folder;

    private static CreditsWorld world;

    @BeforeAll
    static void start() throws Exception {
        world = CreditsWorld.in(folder);
        world.looker.put("9", "DELETE FROM public.billable_items");
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void a_poll_killed_after_its_reply_does_not_repeat_it() throws Exception {
        killedAt("AFTER_CREDIT_REPLY");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "AFTER_CREDIT_RECEIVED",
                "AFTER_CREDIT_POLL",
                "AFTER_CREDIT_COMPUTING",
                "AFTER_CREDIT_QUERIES",
                "AFTER_CREDIT_RESULT",
                "AFTER_CREDIT_COMPUTED",
                "AFTER_CREDIT_POSTED",
                "AFTER_CREDIT_AUDIT",
                "AFTER_CREDIT_DONE",
                "AFTER_CREDIT_REMINDER",
                "AFTER_CREDIT_AWAITING_LINK",
                "AFTER_CREDIT_FAILED",
                "AFTER_CREDIT_TOLD"
            })
    void a_poll_killed_anywhere_says_everything_once(String place) throws Exception {
        killedAt(place);
    }

    private static void killedAt(String place) throws Exception {
        String asks = world.write("please " + CreditsWorld.LINK);
        String lacksLink = world.write("a credit request");
        String writes = world.write("<https://example.looker.com/looks/9>");
        try (ProgramProcess process = process(Map.of("TRUST_PAUSE_AT", place))) {
            assertThat(process.prints("paused at " + place) && process.kill())
                    .as(place)
                    .isTrue();
        }
        for (int polls = 0; polls < 2; polls++) {
            try (ProgramProcess process = process(Map.of())) {
                ProgramProcess.Ended ended = process.end();
                assertThat(ended.status()).as(ended.text()).isZero();
            }
        }
        assertThat(world.slack.replies(asks)).containsExactly("Approved, $7253.76, exceptions");
        assertThat(world.slack.replies(lacksLink)).hasSize(1);
        assertThat(world.slack.replies(writes)).isEmpty();
        assertThat(world.slack.directMessages().stream().filter(message -> message.contains(writes)))
                .hasSize(1);
        assertThat(world.state(asks).path("state").asText()).isEqualTo("DONE");
    }

    private static ProgramProcess process(Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>(world.environment());
        environment.putAll(more);
        return ProgramProcess.start(
                folder, environment, "run", "credits", "--home", world.home().toString());
    }
}
