package io.trustpipeline.notify;

import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;

/**
 * Lets the person that a run names confirm their subscription while the run is under way, so that the message of its end
 * reaches them. A run does not fail for it: the end of the run tries again, and says how it stands.
 *
 * @param topic empty where people are told without a topic
 */
public record Invitations(Optional<Subscriptions> topic) {
    private static final Logger LOG = LoggerFactory.getLogger(Invitations.class);

    /** Called by a route, with a run that was just claimed. */
    public void invite(Run run) {
        String recipient = run.request().email();
        if (recipient == null || run.state() != RunState.STARTED || topic.isEmpty()) {
            return;
        }
        try {
            topic.get().ensure(recipient, run.request().runId());
        } catch (PipelineException unavailable) {
            LOG.warn("the recipient of run {} is not invited yet", run.request().runId(), unavailable);
        }
    }
}
