package io.trustpipeline.credits.jobs;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.CreditMetrics;
import io.trustpipeline.credits.calculate.Approval;
import io.trustpipeline.credits.sql.LookerSql;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.run.RunObjects;
import io.trustpipeline.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What is done with a message, step by step. Each step looks first whether it is due; the state is moved last. */
public final class CreditSteps {
    private static final Logger LOG = LoggerFactory.getLogger(CreditSteps.class);

    private final CreditMessages messages;
    private final LinkResolution links;
    private final CreditRunner runner;
    private final Approval approval;
    private final Replies replies;
    private final Audit audit;
    private final CreditMetrics metrics;
    private final Attempts attempts;
    private final Clock clock;
    private final RandomGenerator random;

    public CreditSteps(
            CreditMessages messages,
            LinkResolution links,
            CreditRunner runner,
            Approval approval,
            Replies replies,
            RunObjects objects,
            CreditLayout layout,
            CreditMetrics metrics,
            Attempts attempts,
            Clock clock,
            RandomGenerator random) {
        this.messages = messages;
        this.links = links;
        this.runner = runner;
        this.approval = approval;
        this.replies = replies;
        this.audit = new Audit(objects, layout);
        this.metrics = metrics;
        this.attempts = attempts;
        this.clock = clock;
        this.random = random;
    }

    /** A request without a link is told so, once. */
    public CreditMessage remind(CreditMessage message) {
        if (message.state() != MessageState.AWAITING_LINK || message.told()) {
            return message;
        }
        if (replies.reply(message.ts(), "reminder-" + message.ts(), Wording.REMINDER)
                .isEmpty()) {
            return deleted(message);
        }
        KillPoint.pass("AFTER_CREDIT_REMINDER");
        return messages.move(message, message.nowTold());
    }

    /** Resolves and computes each link that is not settled. */
    public CreditMessage compute(CreditMessage message) {
        CreditMessage computing =
                switch (message.state()) {
                    case RECEIVED -> messages.move(message, message.computing(RunIds.next(clock, random)));
                    case FAILED ->
                        message.retryAt() == null || !message.isDue(clock.instant())
                                ? message
                                : messages.move(message, message.computing(RunIds.next(clock, random)));
                    case COMPUTING, AWAITING_LINK, COMPUTED, HELD, POSTED, DONE, SKIPPED -> message;
                };
        if (computing.state() != MessageState.COMPUTING) {
            return computing;
        }
        List<LinkOutcome> outcomes = new ArrayList<>();
        for (int link = 1; link <= computing.links().size(); link++) {
            outcomes.add(outcome(computing, link));
        }
        CreditMessage next = judged(computing.with(outcomes));
        return next.state() == MessageState.SKIPPED ? skipped(computing, next) : messages.move(computing, next);
    }

    private LinkOutcome outcome(CreditMessage message, int link) {
        for (LinkOutcome earlier : message.outcomes()) {
            if (earlier.link() == link && earlier.isSettled()) {
                return earlier;
            }
        }
        try {
            return links.resolve(message.links().get(link - 1), message.accounts()) instanceof LookerSql.Verify verify
                    ? LinkOutcome.computed(link, runner.run(execution(message, link), verify.query()))
                    : LinkOutcome.otherProduct(link);
        } catch (PipelineException failed) {
            if (failed.exitCode() == ExitCode.STOPPED) {
                throw failed;
            }
            metrics.failed(failed.exitCode().name());
            return LinkOutcome.failed(
                    link,
                    failed.exitCode() == ExitCode.UNAVAILABLE ? LinkOutcome.Kind.UNAVAILABLE : LinkOutcome.Kind.REFUSED,
                    Wording.masked(String.valueOf(failed.getMessage())));
        } catch (StoreException storage) {
            throw storage;
        } catch (RuntimeException defect) {
            // Like any trouble: it must neither stop other messages nor be tried for ever.
            LOG.error("message {}, link {}", message.ts(), link, defect);
            metrics.failed(ExitCode.DEFECT.name());
            return LinkOutcome.failed(
                    link,
                    LinkOutcome.Kind.UNAVAILABLE,
                    "a defect of ours, " + defect.getClass().getSimpleName() + "; the log has the details");
        }
    }

    private static String execution(CreditMessage message, int link) {
        String id = Objects.requireNonNull(message.executionId());
        return message.links().size() == 1 ? id : id + "-" + link;
    }

    /** An amount only when every link of the product has one. */
    private CreditMessage judged(CreditMessage message) {
        List<LinkOutcome> outcomes = message.outcomes();
        if (outcomes.stream().anyMatch(outcome -> !outcome.isSettled())) {
            boolean worthIt = outcomes.stream().noneMatch(outcome -> outcome.kind() == LinkOutcome.Kind.REFUSED);
            boolean again = worthIt && !attempts.isLast(message.attempts());
            Instant when = clock.instant().plus(attempts.pauseAfter(message.attempts()));
            return message.failed("attempt " + message.attempts() + " of " + attempts.most(), again ? when : null);
        }
        List<LinkOutcome> computed = outcomes.stream()
                .filter(outcome -> outcome.kind() == LinkOutcome.Kind.COMPUTED)
                .toList();
        if (computed.isEmpty()) {
            return message.skipped();
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal fraud = BigDecimal.ZERO;
        for (LinkOutcome each : computed) {
            sum = sum.add(Objects.requireNonNull(each.amount()));
            fraud = fraud.add(Objects.requireNonNull(each.fraudTotal()));
        }
        return message.computed(
                sum, approval.holds(sum, fraud, computed.stream().anyMatch(LinkOutcome::clamped)));
    }

    /** Tells the amount, or has it held. */
    public CreditMessage reply(CreditMessage message) {
        if (message.state() != MessageState.COMPUTED) {
            return message;
        }
        if (!message.holds().isEmpty() && message.approvedBy() == null) {
            return messages.move(message, message.held());
        }
        Optional<String> reply = replies.reply(message.ts(), "approved-" + message.ts(), Wording.approved(message));
        if (reply.isEmpty()) {
            return deleted(message);
        }
        KillPoint.pass("AFTER_CREDIT_REPLY");
        CreditMessage posted = messages.move(message, message.posted(reply.get()));
        metrics.credited(Objects.requireNonNull(message.amount()));
        return posted;
    }

    /** Somebody took the message back: there is nothing to reply to. */
    private CreditMessage deleted(CreditMessage message) {
        return skipped(message, message.skipped());
    }

    private CreditMessage skipped(CreditMessage message, CreditMessage next) {
        audit.record(next, clock.instant());
        return messages.move(message, next);
    }

    /** Tells the reviewer what a person has to look at. */
    public CreditMessage tell(CreditMessage message) {
        if (message.told()) {
            return message;
        }
        String key = message.state() + "-" + message.ts() + "-" + message.executionId();
        if (message.state() == MessageState.HELD) {
            replies.tell(key, Wording.held(message));
        } else if (message.state() == MessageState.FAILED && message.retryAt() == null) {
            replies.tell(key, Wording.failed(message));
        } else {
            return message;
        }
        KillPoint.pass("AFTER_CREDIT_TOLD");
        audit.record(message, clock.instant());
        return messages.move(message, message.nowTold());
    }

    /** Writes down what became of it. */
    public CreditMessage finish(CreditMessage message) {
        if (message.state() != MessageState.POSTED) {
            return message;
        }
        audit.record(message, clock.instant());
        KillPoint.pass("AFTER_CREDIT_AUDIT");
        return messages.move(message, message.done());
    }
}
