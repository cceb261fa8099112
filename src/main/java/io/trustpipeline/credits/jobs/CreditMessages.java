package io.trustpipeline.credits.jobs;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;

import java.util.Optional;

/** The state of messages: an object each, created once and moved on under the condition that nobody else did. */
public final class CreditMessages {
    private final RunObjects objects;
    private final CreditLayout layout;

    public CreditMessages(RunObjects objects, CreditLayout layout) {
        this.objects = objects;
        this.layout = layout;
    }

    Optional<CreditMessage> find(String ts) {
        return objects.read(layout.message(ts), CreditMessage.class);
    }

    CreditMessage create(CreditMessage message) {
        objects.create(layout.message(message.ts()), message);
        KillPoint.pass("AFTER_CREDIT_RECEIVED");
        return find(message.ts()).orElseThrow();
    }

    /** @throws PipelineException UNAVAILABLE when somebody else moved it meanwhile */
    CreditMessage move(CreditMessage from, CreditMessage to) {
        CreditMessage moved = objects.advance(layout.message(from.ts()), CreditMessage.class, current -> {
            if (current.version() != from.version()) {
                throw new PipelineException(
                        ExitCode.UNAVAILABLE,
                        "message " + from.ts() + ": another run works on it; the next poll looks at it again");
            }
            return to;
        });
        KillPoint.pass("AFTER_CREDIT_" + to.state());
        return moved;
    }

    /**
     * Lets the amount of a message be told that was held.
     *
     * @param who agreed
     * @throws PipelineException REQUEST_REFUSED when there is no such message, or it is not held
     */
    public CreditMessage approve(String ts, String who) {
        CreditMessage held = find(ts).filter(message -> message.state() == MessageState.HELD)
                .orElseThrow(() -> new PipelineException(
                        ExitCode.REQUEST_REFUSED, "message " + ts + ": no amount of it is held for approval"));
        return move(held, held.approved(who));
    }
}
