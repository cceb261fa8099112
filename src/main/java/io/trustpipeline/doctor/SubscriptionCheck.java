package io.trustpipeline.doctor;

import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.Subscription;

import java.util.List;

/**
 * Whether messages of a topic reach anybody.
 *
 * @param what the topic is for, in findings
 */
public record SubscriptionCheck(SnsClient sns, String what, String topicArn) implements Check {
    @Override
    public List<Finding> examine() {
        List<Subscription> all =
                sns.listSubscriptionsByTopicPaginator(request -> request.topicArn(topicArn)).subscriptions().stream()
                        .toList();
        List<String> waiting = all.stream()
                .filter(one -> !one.subscriptionArn().startsWith("arn:"))
                .map(Subscription::endpoint)
                .toList();
        if (all.isEmpty()) {
            return List.of(new Finding.Note(what, "nobody is subscribed to " + topicArn, "deploy with an address"));
        }
        if (!waiting.isEmpty()) {
            return List.of(new Finding.Note(
                    what,
                    String.join(", ", waiting) + " did not confirm",
                    "follow the link in the mail that SNS sent, or subscribe again"));
        }
        return List.of(new Finding.Good(what, all.size() + " confirmed subscriptions"));
    }
}
