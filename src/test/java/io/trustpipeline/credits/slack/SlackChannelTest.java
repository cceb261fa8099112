package io.trustpipeline.credits.slack;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.fakes.SlackServer;
import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Slack's own SDK against a server that speaks its wire format. */
class SlackChannelTest {
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    private SlackServer server;

    @BeforeEach
    void start() {
        server = SlackServer.started("help");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SlackChannel channel(Supplier<String> token, String name) {
        return new SlackChannel(server.api(), token, name, "U0000002", new Attempts(3, Duration.ofMillis(1)));
    }

    @Test
    void every_page_is_turned_and_the_oldest_message_comes_first() throws Exception {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 123; i++) {
            written.add(server.write(LONG_AGO.plusSeconds(i), "message " + i));
        }
        server.answer(written.get(0), "in a thread");
        try (SlackChannel channel = channel(() -> SlackServer.TOKEN, "#help")) {
            List<SlackMessage> read = channel.since(SlackMessage.ts(LONG_AGO.plusSeconds(3)));
            assertThat(read).extracting(SlackMessage::ts).containsExactlyElementsOf(written.subList(3, 123));
            assertThat(channel.thread(written.get(0)))
                    .extracting(SlackMessage::text)
                    .containsExactly("message 0", "in a thread");
        }
    }

    @Test
    void a_key_is_said_once_in_a_thread_and_to_the_reviewer() throws Exception {
        String ts = server.write(LONG_AGO, "please");
        try (SlackChannel channel = channel(() -> SlackServer.TOKEN, "help")) {
            Optional<String> first = channel.reply(ts, "k", "yes");
            assertThat(channel.reply(ts, "k", "yes again")).isEqualTo(first);
            channel.reply(ts, "other", "and");
            channel.tell("k", "failed");
            channel.tell("k", "failed again");
        }
        assertThat(server.replies(ts)).containsExactly("yes", "and");
        assertThat(server.directMessages()).containsExactly("failed");
    }

    @Test
    void a_post_whose_answer_got_lost_is_made_once() throws Exception {
        String ts = server.write(LONG_AGO, "please");
        server.loseAnswers(1);
        try (SlackChannel channel = channel(() -> SlackServer.TOKEN, "help")) {
            assertThatThrownBy(() -> channel.reply(ts, "k", "yes"))
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.UNAVAILABLE);
            channel.reply(ts, "k", "yes");
        }
        assertThat(server.replies(ts)).containsExactly("yes");
    }

    @Test
    void what_was_taken_back_gets_no_reply() throws Exception {
        String ts = server.write(LONG_AGO, "please");
        server.delete(ts);
        try (SlackChannel channel = channel(() -> SlackServer.TOKEN, "help")) {
            assertThat(channel.thread(ts)).isEmpty();
            assertThat(channel.reply(ts, "k", "yes")).isEmpty();
        }
        assertThat(server.replies(ts)).isEmpty();
    }

    @Test
    void what_somebody_else_writes_with_the_same_words_is_no_reply_of_ours() throws Exception {
        String ts = server.write(LONG_AGO, "please");
        server.answer(ts, "yes");
        try (SlackChannel channel = channel(() -> SlackServer.TOKEN, "help")) {
            channel.reply(ts, "k", "yes");
        }
        assertThat(server.replies(ts)).containsExactly("yes");
    }

    @Test
    void a_token_that_was_changed_is_fetched_again() throws Exception {
        List<String> tokens = new ArrayList<>(List.of("old", SlackServer.TOKEN));
        try (SlackChannel channel = channel(() -> tokens.remove(0), "help")) {
            assertThat(channel.id()).isEqualTo(SlackServer.CHANNEL);
        }
        assertThat(tokens).isEmpty();
    }

    @Test
    void a_token_that_stays_wrong_is_a_matter_of_configuration_and_is_not_shown() throws Exception {
        try (SlackChannel channel = channel(() -> "xoxb-wrong", "help")) {
            assertThatThrownBy(channel::id)
                    .hasMessage("Slack refuses conversations.list: invalid_auth")
                    .extracting("exitCode")
                    .isEqualTo(ExitCode.CONFIGURATION);
        }
    }

    @Test
    void a_channel_that_the_bot_does_not_see_is_a_matter_of_configuration() throws Exception {
        try (SlackChannel channel = channel(() -> SlackServer.TOKEN, "elsewhere")) {
            assertThatThrownBy(channel::id).hasMessageContaining("the bot sees no channel #elsewhere");
        }
    }

    @Test
    void a_rate_limit_is_waited_out_as_slack_asks() throws Exception {
        server.limit("conversations.list", 1);
        long started = System.nanoTime();
        try (SlackChannel channel = channel(() -> SlackServer.TOKEN, "help")) {
            assertThat(channel.id()).isEqualTo(SlackServer.CHANNEL);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }
}
