package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.CreditMetrics;
import io.trustpipeline.credits.slack.RequestText;
import io.trustpipeline.credits.slack.SlackChannel;
import io.trustpipeline.credits.slack.SlackMessage;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.RunObjects;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads the channel and decides which messages are due. The last days are read again each time, so that an edit or a link in
 * a thread is seen; after a pause that was longer, everything since the last check.
 */
public final class ChannelPoll {
    private final SlackChannel channel;
    private final CreditMessages messages;
    private final RunObjects objects;
    private final CreditLayout layout;
    private final List<String> keywords;
    private final Duration window;
    private final Duration firstLook;
    private final CreditMetrics metrics;
    private final Clock clock;

    /**
     * @param keywords by which a message without a link is known to be a request
     * @param window how long a message is looked at again
     * @param firstLook how far back the first poll of all looks
     */
    public ChannelPoll(
            SlackChannel channel,
            CreditMessages messages,
            RunObjects objects,
            CreditLayout layout,
            List<String> keywords,
            Duration window,
            Duration firstLook,
            CreditMetrics metrics,
            Clock clock) {
        this.channel = channel;
        this.messages = messages;
        this.objects = objects;
        this.layout = layout;
        this.keywords = List.copyOf(keywords);
        this.window = window;
        this.firstLook = firstLook;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** When the channel was last read to its end. */
    public static Optional<Instant> lastCheck(RunObjects objects, CreditLayout layout) {
        return objects.read(layout.poll(), PollState.class).map(PollState::lastCheck);
    }

    /** Messages that something is to be done with now, the oldest first. */
    public List<CreditMessage> due() {
        Instant now = clock.instant();
        Optional<PollState> last = objects.read(layout.poll(), PollState.class);
        Instant beginning = now.minus(window);
        Instant since = last.map(PollState::since).orElse(now.minus(firstLook));
        Instant checked = last.map(PollState::lastCheck).orElse(now);
        Instant from = checked.isBefore(beginning) ? checked : beginning;
        SortedSet<String> open = new TreeSet<>(last.map(PollState::open).orElse(new TreeSet<>()));
        List<SlackMessage> read = channel.since(SlackMessage.ts(from.isBefore(since) ? since : from));
        metrics.polled(read.size());
        for (SlackMessage message : read) {
            CreditMessage request = request(message, open.contains(message.ts()));
            if (request != null && request.isOpen()) {
                open.add(message.ts());
            }
        }
        List<CreditMessage> due = new ArrayList<>();
        for (String ts : List.copyOf(open)) {
            CreditMessage message = messages.find(ts).orElseThrow();
            if (message.state() == MessageState.AWAITING_LINK
                    && SlackMessage.moment(ts).isBefore(beginning)) {
                message = messages.move(message, message.skipped());
            }
            if (!message.isOpen()) {
                open.remove(ts);
            } else if (message.isDue(now)) {
                due.add(message);
            }
        }
        save(last, new PollState(now, since, open));
        KillPoint.pass("AFTER_CREDIT_POLL");
        return due;
    }

    /** The request that a message is; null when it is none. */
    private @Nullable CreditMessage request(SlackMessage message, boolean open) {
        if (!message.isOfAPerson()) {
            return null;
        }
        RequestText text = RequestText.of(message.text());
        boolean asks = !text.links().isEmpty() || RequestText.asks(message.text(), keywords);
        if (!asks && !open) {
            return null;
        }
        Optional<CreditMessage> known = messages.find(message.ts());
        if (known.isPresent() && !isReadAgain(known.get())) {
            return known.get();
        }
        if (text.links().isEmpty() && message.replies() > 0) {
            text = withThread(message, text);
        }
        if (known.isEmpty()) {
            return messages.create(CreditMessage.received(message.ts(), text.links(), text.accounts()));
        }
        CreditMessage before = known.get();
        return text.links().isEmpty() || text.links().equals(before.links())
                ? before
                : messages.move(before, before.again(text.links(), text.accounts()));
    }

    /** An edit still changes something. */
    private static boolean isReadAgain(CreditMessage message) {
        return switch (message.state()) {
            case RECEIVED, AWAITING_LINK, FAILED -> true;
            case COMPUTING, COMPUTED, HELD, POSTED, DONE, SKIPPED -> false;
        };
    }

    private RequestText withThread(SlackMessage message, RequestText text) {
        RequestText all = text;
        for (SlackMessage each : channel.thread(message.ts())) {
            if (each.isOfAPerson()) {
                all = all.and(RequestText.of(each.text()));
            }
        }
        return all;
    }

    private void save(Optional<PollState> last, PollState next) {
        if (last.isEmpty()) {
            objects.create(layout.poll(), next);
        }
        objects.advance(layout.poll(), PollState.class, current -> next);
    }
}
