package io.trustpipeline.notify;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Subscription;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sns.SnsClient;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who hears of a run through an SNS topic: the person that the run names is subscribed by mail, with a filter that lets
 * only messages with this {@code notify_email} through. Somebody who is subscribed already is left as they are. Safe for
 * use by many threads and processes.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html">SNS filter policies</a>
 */
public final class Subscriptions {
    private static final Logger LOG = LoggerFactory.getLogger(Subscriptions.class);
    private static final String PROTOCOL = "email";

    private final SnsClient sns;
    private final String topicArn;

    public Subscriptions(SnsClient sns, String topicArn) {
        this.sns = sns;
        this.topicArn = topicArn;
    }

    /**
     * Sees to it that the message's recipient is subscribed. A topic that refuses does not fail the run, whose work is
     * done; the caller says so.
     *
     * @return null when the message is for nobody in particular
     * @throws PipelineException UNAVAILABLE when SNS does not answer
     */
    public @Nullable Subscription ensure(Notification notification) {
        String recipient = notification.recipient();
        return recipient == null ? null : ensure(recipient, notification.runId());
    }

    Subscription ensure(String recipient, String runId) {
        try {
            return find(recipient).orElseGet(() -> subscribe(recipient));
        } catch (AwsServiceException answered) {
            if (answered.statusCode() >= 500 || answered.isThrottlingException()) {
                throw unavailable(answered);
            }
            LOG.warn(
                    "the recipient of run {} could not be subscribed: {}",
                    runId,
                    answered.awsErrorDetails().errorCode());
            return Subscription.REFUSED;
        } catch (SdkException unanswered) {
            throw unavailable(unanswered);
        }
    }

    private Optional<Subscription> find(String recipient) {
        return sns.listSubscriptionsByTopicPaginator(list -> list.topicArn(topicArn)).subscriptions().stream()
                .filter(one -> PROTOCOL.equals(one.protocol()) && recipient.equals(one.endpoint()))
                .map(one -> state(one.subscriptionArn()))
                .min(Subscription::compareTo);
    }

    private Subscription subscribe(String recipient) {
        String filter = Notification.write(Map.of(Notification.RECIPIENT, List.of(recipient)));
        return state(sns.subscribe(request -> request.topicArn(topicArn)
                        .protocol(PROTOCOL)
                        .endpoint(recipient)
                        .returnSubscriptionArn(false)
                        .attributes(Map.of("FilterPolicy", filter, "FilterPolicyScope", "MessageAttributes")))
                .subscriptionArn());
    }

    /** Until the person has followed the link, SNS says so in place of the subscription's ARN. */
    private static Subscription state(String arn) {
        return arn.startsWith("arn:") ? Subscription.CONFIRMED : Subscription.PENDING;
    }

    private PipelineException unavailable(SdkException cause) {
        return new PipelineException(
                ExitCode.UNAVAILABLE,
                "Could not look up who is subscribed to " + topicArn + ": " + cause.getMessage(),
                cause);
    }
}
