package io.trustpipeline.credits.slack;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsListResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import io.trustpipeline.credits.Attempts;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One channel of a workspace, as the bot sees it. What the bot writes carries a key as metadata, by which it is found again
 * before anything is written, so that nothing is said twice. Not thread-safe.
 */
public final class SlackChannel implements AutoCloseable {
    private static final int PAGE = 200;
    private static final int DIRECT_MESSAGES = 100;
    private static final String EVENT = "trust_pipeline_credit";
    private static final String KEY = "key";

    private final SlackCalls calls;
    private final String name;
    private final String reviewer;
    private @Nullable String id;
    private @Nullable String directId;

    /**
     * @param api such as {@code https://slack.com/api/}
     * @param secret the bot's token, asked for again when Slack no longer takes it
     * @param name of the channel, with or without #
     * @param reviewer the id of the user who gets direct messages
     * @param attempts of a call whose failure may pass
     */
    public SlackChannel(URI api, Supplier<String> secret, String name, String reviewer, Attempts attempts) {
        this.calls = new SlackCalls(api, secret, attempts);
        this.name = name.startsWith("#") ? name.substring(1) : name;
        this.reviewer = reviewer;
    }

    /** The channel's id. @throws PipelineException CONFIGURATION when the bot does not see such a channel */
    public String id() {
        if (id == null) {
            id = find();
        }
        return id;
    }

    private String find() {
        String cursor = "";
        do {
            String from = cursor;
            ConversationsListResponse page = calls.reading(
                    "conversations.list",
                    client -> client.conversationsList(list -> list.cursor(from)
                            .limit(PAGE)
                            .excludeArchived(true)
                            .types(List.of(ConversationType.PUBLIC_CHANNEL, ConversationType.PRIVATE_CHANNEL))));
            for (Conversation channel : page.getChannels()) {
                if (name.equals(channel.getName())) {
                    return channel.getId();
                }
            }
            cursor = next(page.getResponseMetadata());
        } while (!cursor.isEmpty());
        throw new PipelineException(
                ExitCode.CONFIGURATION,
                "trust.credits.slack.channel: the bot sees no channel #" + name + "; invite it there");
    }

    /** Everything from a moment on, the oldest first; page after page. Without what is below messages. */
    public List<SlackMessage> since(String oldest) {
        List<SlackMessage> all = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            ConversationsHistoryResponse page = calls.reading(
                    "conversations.history",
                    client -> client.conversationsHistory(history -> history.channel(id())
                            .oldest(oldest)
                            .inclusive(true)
                            .cursor(from)
                            .limit(PAGE)));
            page.getMessages().forEach(message -> all.add(read(message)));
            cursor = next(page.getResponseMetadata());
        } while (!cursor.isEmpty());
        all.sort(Comparator.comparing(SlackMessage::ts));
        return all;
    }

    /** A message and what is below it, as they are now; empty when it was deleted with nothing below it. */
    public List<SlackMessage> thread(String ts) {
        String channel = id();
        List<SlackMessage> all = new ArrayList<>();
        String cursor = "";
        do {
            String from = cursor;
            Optional<ConversationsRepliesResponse> page = calls.finding(
                    "conversations.replies",
                    "thread_not_found",
                    client -> client.conversationsReplies(replies -> replies.channel(channel)
                            .ts(ts)
                            .cursor(from)
                            .limit(PAGE)
                            .includeAllMetadata(true)));
            if (page.isEmpty()) {
                return List.of();
            }
            page.get().getMessages().forEach(message -> all.add(read(message)));
            cursor = next(page.get().getResponseMetadata());
        } while (!cursor.isEmpty());
        return all;
    }

    /**
     * Replies below a message, unless a reply with this key is there.
     *
     * @return the reply's ts; empty when the message was deleted
     */
    public Optional<String> reply(String ts, String key, String text) {
        List<SlackMessage> thread = thread(ts);
        if (thread.isEmpty() || thread.get(0).isDeleted()) {
            return Optional.empty();
        }
        return Optional.of(written(thread, key).orElseGet(() -> post(id(), ts, key, text)));
    }

    /** Tells the reviewer, unless that was told with this key. @return the message's ts */
    public String tell(String key, String text) {
        if (directId == null) {
            directId = calls.reading(
                            "conversations.open",
                            client -> client.conversationsOpen(open -> open.users(List.of(reviewer))))
                    .getChannel()
                    .getId();
        }
        String channel = directId;
        List<SlackMessage> earlier = calls
                .reading(
                        "conversations.history",
                        client -> client.conversationsHistory(history ->
                                history.channel(channel).limit(DIRECT_MESSAGES).includeAllMetadata(true)))
                .getMessages()
                .stream()
                .map(SlackChannel::read)
                .toList();
        return written(earlier, key).orElseGet(() -> post(channel, null, key, text));
    }

    private static Optional<String> written(List<SlackMessage> messages, String key) {
        return messages.stream()
                .filter(message -> message.bot() && key.equals(message.ownKey()))
                .map(SlackMessage::ts)
                .findFirst();
    }

    private String post(String channel, @Nullable String thread, String key, String text) {
        Message.Metadata metadata = Message.Metadata.builder()
                .eventType(EVENT)
                .eventPayload(Map.of(KEY, key))
                .build();
        return calls.writing(
                        "chat.postMessage",
                        client -> client.chatPostMessage(message -> message.channel(channel)
                                .threadTs(thread)
                                .text(text)
                                .metadata(metadata)))
                .getTs();
    }

    private static SlackMessage read(Message message) {
        Message.Metadata metadata = message.getMetadata();
        Object key = metadata == null || metadata.getEventPayload() == null || !EVENT.equals(metadata.getEventType())
                ? null
                : metadata.getEventPayload().get(KEY);
        return new SlackMessage(
                message.getTs(),
                Objects.requireNonNullElse(message.getUser(), ""),
                message.getBotId() != null || "bot_message".equals(message.getSubtype()),
                message.getSubtype(),
                Objects.requireNonNullElse(message.getText(), ""),
                message.getReplyCount() == null ? 0 : message.getReplyCount(),
                key == null ? null : key.toString());
    }

    private static String next(@Nullable ResponseMetadata metadata) {
        return metadata == null ? "" : Objects.requireNonNullElse(metadata.getNextCursor(), "");
    }

    @Override
    public void close() throws Exception {
        calls.close();
    }
}
