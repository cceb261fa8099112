package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.credits.slack.SlackMessage;
import io.trustpipeline.run.RunObjects;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** What was done with a message and why, for 90 days: no words of it, no phone numbers. */
final class Audit {
    private final RunObjects objects;
    private final CreditLayout layout;

    Audit(RunObjects objects, CreditLayout layout) {
        this.objects = objects;
        this.layout = layout;
    }

    private record Entry(
            @JsonProperty("message_ts") String ts,
            @JsonProperty("state") MessageState state,
            @JsonProperty("credit_amount") @Nullable BigDecimal amount,
            @JsonProperty("attempts") int attempts,
            @JsonProperty("links") int links,
            @JsonProperty("outcomes") List<LinkOutcome> outcomes,
            @JsonProperty("holds") List<String> holds,
            @JsonProperty("approved_by") @Nullable String approvedBy,
            @JsonProperty("reply_ts") @Nullable String replyTs,
            @JsonProperty("error") @Nullable String error,
            @JsonProperty("at") Instant at) {}

    /** Written once for each end that a message comes to. */
    void record(CreditMessage message, Instant now) {
        String ts = message.ts();
        objects.create(
                layout.audit(
                        SlackMessage.moment(ts).atOffset(ZoneOffset.UTC).toLocalDate(), ts + "-" + message.version()),
                new Entry(
                        ts,
                        message.state(),
                        message.amount(),
                        message.attempts(),
                        message.links().size(),
                        message.outcomes(),
                        message.holds(),
                        message.approvedBy(),
                        message.replyTs(),
                        message.error() == null ? null : Wording.masked(message.error()),
                        now));
    }
}
