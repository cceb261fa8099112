package io.trustpipeline.cli;

import io.trustpipeline.credits.fakes.StatementServer.Fault;
import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Polls while Slack, Looker or the warehouse are in trouble, or have much to say. */
@Tag("slow")
class CreditsTroubleTest {
    private static final String APPROVED = "Approved, $7253.76, exceptions";

    @TempDir
    static Path folder;

    @TempDir
    Path own;

    private static CreditsWorld world;
    private static CreditsWorld.Program program;

    @BeforeAll
    static void start() throws Exception {
        world = CreditsWorld.in(folder);
        program = world.open(Map.of(), false);
    }

    @AfterAll
    static void stop() {
        program.close();
        world.close();
    }

    @Test
    void a_warehouse_that_recovers_is_asked_again_and_one_that_does_not_is_told_once() throws Exception {
        String recovers = world.write("now " + CreditsWorld.LINK);
        world.warehouse.next(new Fault("event.blocked", 131_072, "GENERIC_INSUFFICIENT_RESOURCES", 0));
        program.poll();
        assertThat(world.slack.replies(recovers)).containsExactly(APPROVED);

        String lasting = world.write("and now " + CreditsWorld.LINK);
        for (int i = 0; i < 8; i++) {
            world.warehouse.next(new Fault("event.blocked", 131_072, "GENERIC_INSUFFICIENT_RESOURCES", 0));
        }
        program.poll();
        assertThat(world.state(lasting).path("state").asText()).isEqualTo("FAILED");
        assertThat(told(lasting)).isEmpty();
        Thread.sleep(5);
        program.poll();
        program.poll();
        assertThat(told(lasting)).hasSize(1).first().asString().contains("query blocking: resources trouble");
        assertThat(world.slack.replies(lasting)).isEmpty();
    }

    @Test
    void a_request_that_was_taken_back_meanwhile_is_skipped() throws Exception {
        String ts = world.write("one more " + CreditsWorld.LINK);
        for (int i = 0; i < 4; i++) {
            world.warehouse.next(new Fault("event.blocked", 131_072, "GENERIC_INSUFFICIENT_RESOURCES", 0));
        }
        program.poll();
        assertThat(world.state(ts).path("state").asText()).isEqualTo("FAILED");
        world.slack.delete(ts);
        Thread.sleep(5);
        assertThat(program.poll()).isEqualTo(ExitCode.DONE);
        assertThat(world.state(ts).path("state").asText()).isEqualTo("SKIPPED");
        assertThat(told(ts)).isEmpty();
    }

    @Test
    void rate_limits_are_waited_out_and_a_lost_answer_is_not_said_twice() throws Exception {
        world.slack.limit("conversations.history", 1);
        world.slack.limit("chat.postMessage", 1);
        String ts = world.write("limited " + CreditsWorld.LINK);
        assertThat(program.poll()).isEqualTo(ExitCode.DONE);
        assertThat(world.slack.replies(ts)).containsExactly(APPROVED);

        String lost = world.write("lost " + CreditsWorld.LINK);
        world.slack.loseAnswers(1);
        program.poll();
        program.poll();
        assertThat(world.slack.replies(lost)).containsExactly(APPROVED);
        assertThat(world.state(lost).path("state").asText()).isEqualTo("DONE");
    }

    @Test
    void tokens_that_expired_are_replaced() throws Exception {
        world.looker.expireTokens();
        String ts = world.write("later " + CreditsWorld.LINK);
        program.poll();
        assertThat(world.slack.replies(ts)).containsExactly(APPROVED);
    }

    @Test
    void two_hundred_messages_that_waited_are_all_seen_once() throws Exception {
        try (CreditsWorld many = CreditsWorld.in(own)) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(many.write("credit request number " + i));
            }
            try (CreditsWorld.Program reading = many.open(Map.of(), false)) {
                assertThat(reading.poll()).isEqualTo(ExitCode.DONE);
                reading.poll();
            }
            assertThat(all).allSatisfy(ts -> assertThat(many.slack.replies(ts)).hasSize(1));
        }
    }

    private static List<String> told(String ts) {
        return world.slack.directMessages().stream()
                .filter(message -> message.contains(ts))
                .toList();
    }
}
