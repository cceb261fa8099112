package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A request and how far it got. Holds links and identities, and none of the message's words.
 *
 * @param ts the message's id in its channel
 * @param version how often it was moved on
 * @param accounts that the message names
 * @param attempts how often its amount was begun to be computed
 * @param retryAt when a failed one is tried again; null when it is not
 * @param executionId of the last attempt
 * @param told whether the reminder, or the direct message that is due in this state, was sent
 */
public record CreditMessage(
        @JsonProperty("ts") String ts,
        @JsonProperty("version") int version,
        @JsonProperty("state") MessageState state,
        @JsonProperty("links") List<String> links,
        @JsonProperty("accounts") Set<String> accounts,
        @JsonProperty("attempts") int attempts,
        @JsonProperty("retry_at") @Nullable Instant retryAt,
        @JsonProperty("execution_id") @Nullable String executionId,
        @JsonProperty("outcomes") List<LinkOutcome> outcomes,
        @JsonProperty("credit_amount") @Nullable BigDecimal amount,
        @JsonProperty("holds") List<String> holds,
        @JsonProperty("approved_by") @Nullable String approvedBy,
        @JsonProperty("reply_ts") @Nullable String replyTs,
        @JsonProperty("error") @Nullable String error,
        @JsonProperty("told") boolean told) {
    public CreditMessage {
        links = List.copyOf(links);
        accounts = Set.copyOf(accounts);
        outcomes = List.copyOf(outcomes);
        holds = List.copyOf(holds);
    }

    static CreditMessage received(String ts, List<String> links, Set<String> accounts) {
        return new CreditMessage(
                ts,
                0,
                links.isEmpty() ? MessageState.AWAITING_LINK : MessageState.RECEIVED,
                links,
                accounts,
                0,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                null,
                null,
                false);
    }

    /** The same message after it was edited or answered: from the beginning. */
    CreditMessage again(List<String> newLinks, Set<String> newAccounts) {
        CreditMessage fresh = received(ts, newLinks, newAccounts);
        return fresh.numbered(version + 1, fresh.state);
    }

    CreditMessage computing(String execution) {
        return new CreditMessage(
                ts,
                version + 1,
                MessageState.COMPUTING,
                links,
                accounts,
                attempts + 1,
                null,
                execution,
                outcomes.stream().filter(LinkOutcome::isSettled).toList(),
                null,
                List.of(),
                null,
                null,
                null,
                false);
    }

    CreditMessage with(List<LinkOutcome> all) {
        return copy(MessageState.COMPUTING, null, all, null, List.of(), null, null, null, false);
    }

    CreditMessage computed(BigDecimal sum, List<String> reasons) {
        return copy(MessageState.COMPUTED, null, outcomes, sum, reasons, null, null, null, false);
    }

    CreditMessage skipped() {
        return copy(MessageState.SKIPPED, null, outcomes, null, List.of(), null, null, null, false);
    }

    CreditMessage failed(String why, @Nullable Instant again) {
        return copy(MessageState.FAILED, again, outcomes, null, List.of(), null, null, why, false);
    }

    CreditMessage held() {
        return numbered(version + 1, MessageState.HELD);
    }

    CreditMessage approved(String who) {
        return copy(MessageState.COMPUTED, null, outcomes, amount, holds, who, null, null, false);
    }

    CreditMessage posted(String reply) {
        return copy(MessageState.POSTED, null, outcomes, amount, holds, approvedBy, reply, null, false);
    }

    CreditMessage done() {
        return numbered(version + 1, MessageState.DONE);
    }

    CreditMessage nowTold() {
        return copy(state, retryAt, outcomes, amount, holds, approvedBy, replyTs, error, true);
    }

    /** Whether a poll has something to do with it, now or later. */
    boolean isOpen() {
        return !state.isEnd() && !(state == MessageState.FAILED && retryAt == null && told);
    }

    boolean isDue(Instant now) {
        return switch (state) {
            case DONE, SKIPPED -> false;
            case AWAITING_LINK, HELD -> !told;
            case RECEIVED, COMPUTING, COMPUTED, POSTED -> true;
            case FAILED -> retryAt == null ? !told : !now.isBefore(retryAt);
        };
    }

    private CreditMessage numbered(int number, MessageState next) {
        return new CreditMessage(
                ts,
                number,
                next,
                links,
                accounts,
                attempts,
                retryAt,
                executionId,
                outcomes,
                amount,
                holds,
                approvedBy,
                replyTs,
                error,
                false);
    }

    private CreditMessage copy(
            MessageState next,
            @Nullable Instant again,
            List<LinkOutcome> all,
            @Nullable BigDecimal sum,
            List<String> reasons,
            @Nullable String who,
            @Nullable String reply,
            @Nullable String why,
            boolean isTold) {
        return new CreditMessage(
                ts,
                version + 1,
                next,
                links,
                accounts,
                attempts,
                again,
                executionId,
                all,
                sum,
                reasons,
                who,
                reply,
                why,
                isTold);
    }
}
