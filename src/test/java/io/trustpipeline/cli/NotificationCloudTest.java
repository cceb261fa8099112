package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.notify.Notification;
import io.trustpipeline.notify.SnsMessage;
import io.trustpipeline.notify.Subscriptions;
import io.trustpipeline.run.Subscription;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** Who gets a message, through the real route and a topic that filters; queues stand for people's mailboxes. */
@Tag("cloud")
class NotificationCloudTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static AwsEmulator emulator;
    private static SnsClient sns;
    private static SqsClient sqs;
    private static DefaultCamelContext camel;
    private static String topic;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        emulator = AwsEmulator.start(folder.resolve("emulator.log"));
        sns = emulator.client(SnsClient.builder());
        sqs = emulator.client(SqsClient.builder());
        topic = sns.createTopic(request -> request.name("notify")).topicArn();
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("sns", sns);
        camel.getRegistry().bind("snsMessage", new SnsMessage());
        camel.getRegistry().bind("subscriptions", new Subscriptions(sns, topic));
        camel.getPropertiesComponent().addInitialProperty("trust.notify.destination", "direct:notify-topic");
        camel.getPropertiesComponent().addInitialProperty("trust.notify.topic", topic);
        PluginHelper.getRoutesLoader(camel)
                .loadRoutes(PluginHelper.getResourceLoader(camel)
                        .resolveResource("classpath:routes/stages/destinations.camel.yaml"));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:told").to("direct:notify-topic");
            }
        });
        camel.start();
    }

    @AfterAll
    static void stop() {
        if (emulator != null) {
            camel.stop();
            sns.close();
            sqs.close();
            emulator.close();
        }
    }

    /** A queue with the filter that a person's mail subscription has. */
    private static String mailbox(String name, String recipient) {
        String url = sqs.createQueue(request -> request.queueName(name)).queueUrl();
        String arn = sqs.getQueueAttributes(
                        request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        String filter = "{\"notify_email\": [\"" + recipient + "\"]}";
        sns.subscribe(request ->
                request.topicArn(topic).protocol("sqs").endpoint(arn).attributes(Map.of("FilterPolicy", filter)));
        return url;
    }

    private static List<Message> messages(String url) {
        return sqs.receiveMessage(
                        request -> request.queueUrl(url).waitTimeSeconds(1).maxNumberOfMessages(10))
                .messages();
    }

    private static Notification notification(@Nullable String recipient) {
        return new Notification(
                "nightly-17",
                "COMMITTED",
                Instant.parse("2025-09-26T02:30:00Z"),
                "Trust scoring done: run nightly-17",
                "Scored 3 comments.",
                Map.of("run_id", "nightly-17", "rows", 3),
                recipient);
    }

    @Test
    void a_message_arrives_with_its_attributes_at_the_subscriber_it_is_for_and_at_no_other() throws Exception {
        String anas = mailbox("ana", "ana@example.org");
        String bobs = mailbox("bob", "bob@example.org");

        Notification sent = notification("ana@example.org");
        Exchange told = camel.createProducerTemplate()
                .request("direct:told", exchange -> exchange.getMessage().setBody(sent));
        assertThat(told.getException()).isNull();

        List<Message> arrived = messages(anas);
        assertThat(arrived).hasSize(1);
        JsonNode envelope = JSON.readTree(arrived.get(0).body());
        assertThat(envelope.path("Subject").asText()).isEqualTo(sent.subject());
        assertThat(envelope.path("Message").asText()).isEqualTo(sent.json());
        Map<String, String> attributes = new TreeMap<>();
        envelope.path("MessageAttributes")
                .properties()
                .forEach(attribute -> attributes.put(
                        attribute.getKey(), attribute.getValue().path("Value").asText()));
        assertThat(attributes)
                .isEqualTo(Map.of("run_id", "nightly-17", "status", "COMMITTED", "notify_email", "ana@example.org"));
        assertThat(messages(bobs)).isEmpty();

        // The emulator follows the links of mails itself; SubscriptionsTest has those who did not yet.
        assertThat(told.getVariable("subscription")).isEqualTo(Subscription.CONFIRMED);
        assertThat(sns.listSubscriptionsByTopic(request -> request.topicArn(topic))
                        .subscriptions())
                .filteredOn(one -> one.protocol().equals("email"))
                .singleElement()
                .satisfies(one -> assertThat(one.endpoint()).isEqualTo("ana@example.org"));
    }

    @Test
    void a_message_for_nobody_in_particular_passes_no_persons_filter() throws Exception {
        String carls = mailbox("carl", "carl@example.org");
        Exchange told = camel.createProducerTemplate()
                .request("direct:told", exchange -> exchange.getMessage().setBody(notification(null)));
        assertThat(told.getException()).isNull();
        assertThat(told.getVariable("subscription")).isNull();
        assertThat(messages(carls)).isEmpty();
    }
}
