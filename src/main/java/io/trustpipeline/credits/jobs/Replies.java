package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.slack.SlackChannel;

import java.util.Optional;
import java.util.function.Consumer;

/** Where words go. A key that was used is not used again: what was said with it stands. */
public sealed interface Replies {
    /** @return the reply's ts; empty when the message was deleted */
    Optional<String> reply(String ts, String key, String text);

    void tell(String key, String text);

    /** Into the thread, and to the reviewer. */
    record InSlack(SlackChannel channel) implements Replies {
        @Override
        public Optional<String> reply(String ts, String key, String text) {
            return channel.reply(ts, key, text);
        }

        @Override
        public void tell(String key, String text) {
            channel.tell(key, text);
        }
    }

    /** Nobody is told: each would-be reply becomes a line. */
    record AsReport(Consumer<String> lines) implements Replies {
        @Override
        public Optional<String> reply(String ts, String key, String text) {
            lines.accept("would reply to " + ts + ": " + text);
            return Optional.of("");
        }

        @Override
        public void tell(String key, String text) {
            lines.accept("would tell the reviewer: " + text.replace("\n", " / "));
        }
    }
}
