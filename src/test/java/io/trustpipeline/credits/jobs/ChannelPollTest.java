package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.fakes.SlackServer;
import io.trustpipeline.credits.slack.SlackChannel;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.store.MemoryS3;
import io.trustpipeline.store.ObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which messages a poll takes up, by the time of day. */
class ChannelPollTest {
    private static final Instant NOW = Instant.parse("2026-01-15T12:00:00Z");
    private static final String LINK = "<https://example.looker.com/looks/7>";

    private final CreditLayout layout = CreditLayout.real();
    private final RunObjects objects = new RunObjects(new ObjectStore(new MemoryS3(), "bucket", CreditLayout.PREFIX));
    private final CreditMessages messages = new CreditMessages(objects, layout);
    private SlackServer slack;
    private SlackChannel channel;

    @BeforeEach
    void start() {
        slack = SlackServer.started("help");
        channel = new SlackChannel(
                slack.api(), () -> SlackServer.TOKEN, "help", "U0000002", new Attempts(1, Duration.ofMillis(1)));
    }

    @AfterEach
    void stop() throws Exception {
        channel.close();
        slack.close();
    }

    private List<String> due(Duration later) {
        ChannelPoll poll = new ChannelPoll(
                channel,
                messages,
                objects,
                layout,
                List.of("credit request"),
                Duration.ofDays(7),
                Duration.ofHours(1),
                new SilentMetrics(),
                Clock.fixed(NOW.plus(later), ZoneOffset.UTC));
        return poll.due().stream().map(CreditMessage::ts).toList();
    }

    private MessageState state(String ts) {
        return messages.find(ts).orElseThrow().state();
    }

    @Test
    void a_link_is_waited_for_as_long_as_the_window_and_no_longer() {
        String late = slack.write(NOW, "credit request");
        String never = slack.write(NOW, "another credit request");
        assertThat(due(Duration.ZERO)).containsExactly(late, never);
        slack.answer(late, LINK);
        assertThat(due(Duration.ofDays(6))).contains(late);
        assertThat(state(late)).isEqualTo(MessageState.RECEIVED);
        assertThat(due(Duration.ofDays(8))).doesNotContain(never);
        assertThat(state(never)).isEqualTo(MessageState.SKIPPED);
    }

    @Test
    void after_a_pause_longer_than_the_window_everything_since_the_last_check_is_read() {
        due(Duration.ZERO);
        String waited = slack.write(NOW.plus(Duration.ofDays(1)), "please " + LINK);
        assertThat(due(Duration.ofDays(30))).containsExactly(waited);
    }

    @Test
    void what_people_answered_before_the_first_look_is_left_to_them() {
        String old = slack.write(NOW.minus(Duration.ofHours(2)), "please " + LINK);
        String fresh = slack.write(NOW.minus(Duration.ofMinutes(30)), "please " + LINK);
        assertThat(due(Duration.ZERO)).containsExactly(fresh);
        assertThat(due(Duration.ofDays(1))).doesNotContain(old);
    }
}
