package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.notify.FolderMailbox;
import io.trustpipeline.notify.Invitations;
import io.trustpipeline.notify.SnsMessage;
import io.trustpipeline.notify.Subscriptions;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the messages of every pipeline go: a topic when there is one, else the folder. What the routes of
 * {@code stages/destinations.camel.yaml} name.
 */
record Destination(Settings settings) {
    String endpoint() {
        return settings.notifications().topicArn().isPresent() ? "direct:notify-topic" : "direct:notify-folder";
    }

    Map<String, String> properties() {
        return Map.of(
                "trust.notify.destination",
                endpoint(),
                "trust.notify.topic",
                settings.notifications().topicArn().orElse("none"));
    }

    Map<String, Object> beans() {
        Map<String, Object> beans = new HashMap<>();
        beans.put("mailbox", new FolderMailbox(settings.notifications().folder()));
        beans.put("snsMessage", new SnsMessage());
        Optional<Subscriptions> subscriptions = settings.notifications()
                .topicArn()
                .map(topic -> {
                    SnsClient sns = SnsClient.builder()
                            .region(Region.of(settings.storage().region()))
                            .build();
                    beans.put("sns", sns);
                    return new Subscriptions(sns, topic);
                });
        subscriptions.ifPresent(topic -> beans.put("subscriptions", topic));
        beans.put("invitations", new Invitations(subscriptions));
        return beans;
    }
}
