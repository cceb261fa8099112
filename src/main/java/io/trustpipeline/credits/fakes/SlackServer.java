package io.trustpipeline.credits.fakes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Slack's Web API as far as a bot needs it that reads one channel and answers in threads: forms in, JSON out, pages by
 * cursor, the newest first. Thread-safe.
 */
public final class SlackServer extends LoopbackServer {
    public static final String TOKEN = "xoxb-loopback";
    public static final String CHANNEL = "C0000001";
    public static final String DIRECT = "D0000001";

    /** Smaller than any limit that is asked for, so that pages are turned. */
    private static final int LARGEST_PAGE = 50;

    private final String channelName;
    private final List<Posted> messages = new ArrayList<>();
    private final Map<String, Integer> limited = new HashMap<>();
    private int lostAnswers;
    private long sequence;

    /**
     * A message that stands in the channel, or in the reviewer's direct messages.
     *
     * @param thread the ts of the message it is below; null for one of the channel itself
     */
    public record Posted(
            String channel,
            String ts,
            @Nullable String thread,
            String user,
            boolean bot,
            String text,
            @Nullable String metadata) {}

    private SlackServer(String channelName) {
        this.channelName = channelName;
    }

    public static SlackServer started(String channelName) {
        SlackServer server = new SlackServer(channelName);
        server.start();
        return server;
    }

    /** What the Web API's methods are below. */
    public URI api() {
        return address().resolve("/api/");
    }

    /** A person writes. @return the message's ts */
    public synchronized String write(Instant when, String text) {
        return add(when, null, text);
    }

    /** A person answers in a thread. @return the answer's ts */
    public synchronized String answer(String ts, String text) {
        return add(Instant.now(), ts, text);
    }

    private String add(Instant when, @Nullable String thread, String text) {
        String ts = nextTs(when);
        messages.add(new Posted(CHANNEL, ts, thread, "U0000001", false, text, null));
        return ts;
    }

    public synchronized void edit(String ts, String text) {
        messages.replaceAll(message -> message.ts().equals(ts)
                ? new Posted(message.channel(), ts, message.thread(), message.user(), false, text, null)
                : message);
    }

    /** A person takes back what nobody answered. */
    public synchronized void delete(String ts) {
        messages.removeIf(message -> message.ts().equals(ts));
    }

    /** The next so many calls of a method are one too many. */
    public synchronized void limit(String method, int times) {
        limited.put(method, times);
    }

    /** The next so many posts are made, and their answers get lost. */
    public synchronized void loseAnswers(int times) {
        lostAnswers = times;
    }

    /** What the bot wrote below a message. */
    public synchronized List<String> replies(String ts) {
        return texts(message -> message.bot() && ts.equals(message.thread()));
    }

    /** What the bot told the reviewer. */
    public synchronized List<String> directMessages() {
        return texts(message -> message.channel().equals(DIRECT));
    }

    private List<String> texts(Predicate<Posted> which) {
        return messages.stream().filter(which).map(Posted::text).toList();
    }

    @Override
    synchronized Answer answer(String method, URI uri, Map<String, String> headers, String body) {
        String name = uri.getPath().replaceFirst("/api/", "");
        Map<String, String> form = form(body);
        if (!("Bearer " + TOKEN).equals(headers.get("authorization"))) {
            return refused("invalid_auth");
        }
        int tooMany = limited.getOrDefault(name, 0);
        if (tooMany > 0) {
            limited.put(name, tooMany - 1);
            return new Answer(
                    429, "application/json", "{\"ok\":false,\"error\":\"ratelimited\"}", Map.of("Retry-After", "1"));
        }
        return switch (name) {
            case "conversations.list" -> channels();
            case "conversations.history" ->
                page(
                        form,
                        message -> message.channel().equals(form.get("channel"))
                                && message.thread() == null
                                && message.ts().compareTo(form.getOrDefault("oldest", "")) >= 0,
                        true);
            case "conversations.replies" -> thread(form);
            case "conversations.open" -> opened();
            case "chat.postMessage" -> post(form);
            default -> refused("unknown_method");
        };
    }

    private Answer thread(Map<String, String> form) {
        String ts = form.getOrDefault("ts", "");
        Predicate<Posted> inThread = message -> message.channel().equals(form.get("channel"))
                && (message.ts().equals(ts) || ts.equals(message.thread()));
        return messages.stream().anyMatch(inThread) ? page(form, inThread, false) : refused("thread_not_found");
    }

    private static Answer refused(String error) {
        return Answer.json(JSON.createObjectNode().put("ok", false).put("error", error));
    }

    private Answer channels() {
        ObjectNode answer = ok();
        answer.putArray("channels").addObject().put("id", CHANNEL).put("name", channelName);
        return Answer.json(answer);
    }

    private static Answer opened() {
        ObjectNode answer = ok();
        answer.putObject("channel").put("id", DIRECT);
        return Answer.json(answer);
    }

    private static ObjectNode ok() {
        return JSON.createObjectNode().put("ok", true);
    }

    private Answer page(Map<String, String> form, Predicate<Posted> which, boolean newestFirst) {
        List<Posted> all = new ArrayList<>(messages.stream().filter(which).toList());
        all.sort((a, b) -> newestFirst ? b.ts().compareTo(a.ts()) : a.ts().compareTo(b.ts()));
        String cursor = form.getOrDefault("cursor", "");
        int from = cursor.isEmpty() ? 0 : Integer.parseInt(cursor);
        int to = Math.min(
                all.size(), from + Math.min(LARGEST_PAGE, Integer.parseInt(form.getOrDefault("limit", "100"))));
        ObjectNode answer = ok();
        ArrayNode page = answer.putArray("messages");
        for (Posted message : all.subList(from, to)) {
            page.add(json(message, "1".equals(form.get("include_all_metadata"))));
        }
        answer.put("has_more", to < all.size());
        answer.putObject("response_metadata").put("next_cursor", to < all.size() ? Integer.toString(to) : "");
        return Answer.json(answer);
    }

    private ObjectNode json(Posted message, boolean withMetadata) {
        ObjectNode json = JSON.createObjectNode();
        json.put("type", "message")
                .put("ts", message.ts())
                .put("text", message.text())
                .put("user", message.user());
        if (message.bot()) {
            json.put("bot_id", "B0000001");
        }
        if (message.thread() != null) {
            json.put("thread_ts", message.thread());
        }
        long below = messages.stream()
                .filter(each -> message.ts().equals(each.thread()))
                .count();
        if (below > 0) {
            json.put("reply_count", below);
        }
        if (withMetadata && message.metadata() != null) {
            try {
                json.set("metadata", JSON.readTree(message.metadata()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        return json;
    }

    private Answer post(Map<String, String> form) {
        String ts = nextTs(Instant.now());
        messages.add(new Posted(
                form.getOrDefault("channel", ""),
                ts,
                form.get("thread_ts"),
                "U0000009",
                true,
                form.getOrDefault("text", ""),
                form.get("metadata")));
        if (lostAnswers > 0) {
            lostAnswers--;
            return Answer.brokenOff();
        }
        return Answer.json(ok().put("ts", ts).put("channel", form.get("channel")));
    }

    /** No two are the same. */
    private String nextTs(Instant when) {
        return "%d.%06d".formatted(when.getEpochSecond(), ++sequence % 1_000_000);
    }
}
