package io.trustpipeline.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.trustpipeline.notify.NotificationTest.notification;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Through Camel's own SNS component, up to what it puts on the wire. */
class SnsMessageTest {
    private static final String TOPIC = "arn:aws:sns:eu-west-2:123456789012:trust";

    private final BlockingQueue<Map<String, String>> requests = new LinkedBlockingQueue<>();
    private HttpServer sns;
    private DefaultCamelContext camel;

    @BeforeEach
    void start() throws Exception {
        sns = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sns.createContext("/", this::publish);
        sns.start();
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("snsMessage", new SnsMessage());
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:notify")
                        .bean("snsMessage")
                        .to("aws2-sns:" + TOPIC + "?region=eu-west-2&accessKey=test&secretKey=test"
                                + "&overrideEndpoint=true&uriEndpointOverride=http://127.0.0.1:"
                                + sns.getAddress().getPort());
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        sns.stop(0);
    }

    /** Keeps the parameters of the query protocol, and answers as SNS does. */
    private void publish(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            parameters.put(URLDecoder.decode(nameAndValue[0], UTF_8), URLDecoder.decode(nameAndValue[1], UTF_8));
        }
        requests.add(parameters);
        byte[] answer = ("<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
                        + "<MessageId>1</MessageId></PublishResult></PublishResponse>")
                .getBytes(UTF_8);
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Test
    void a_notification_is_published_with_its_own_attributes_and_no_others() throws Exception {
        Notification notification = notification("Trust scoring nightly-17: done", "ana@example.org");

        camel.createProducerTemplate()
                .sendBodyAndHeaders(
                        "direct:notify",
                        notification,
                        Map.of("comment", "private", "CamelAwsSnsSubject", "stale", "CamelAwsS3Key", "k"));

        Map<String, String> request = requests.remove();
        assertThat(requests).isEmpty();
        assertThat(request)
                .containsEntry("Action", "Publish")
                .containsEntry("TopicArn", TOPIC)
                .containsEntry("Subject", "Trust scoring nightly-17: done")
                .containsEntry("MessageStructure", "json");
        assertThat(attributes(request))
                .isEqualTo(Map.of("run_id", "nightly-17", "status", "COMMITTED", "notify_email", "ana@example.org"));
        JsonNode message = new ObjectMapper().readTree(request.get("Message"));
        assertThat(message.get("default").asText()).isEqualTo(notification.json());
        assertThat(message.get("email").asText()).isEqualTo(notification.text());
    }

    private static Map<String, String> attributes(Map<String, String> request) {
        Map<String, String> attributes = new TreeMap<>();
        request.forEach((name, value) -> {
            if (name.startsWith("MessageAttributes.") && name.endsWith(".Name")) {
                String entry = name.substring(0, name.length() - "Name".length());
                assertThat(request).containsEntry(entry + "Value.DataType", "String");
                attributes.put(value, request.get(entry + "Value.StringValue"));
            }
        });
        return attributes;
    }

    @ParameterizedTest
    @CsvSource({"'Done', 'Done'", "'  Done', 'Done'", "'Zoë: 3 % fertig ❤', 'Zoe: 3 % fertig ?'", "'', 'Trust Pipeline'"
    })
    void a_subject_is_ascii(String subject, String sent) {
        assertThat(SnsMessage.subject(subject)).isEqualTo(sent);
    }

    @Test
    void a_subject_has_at_most_100_characters() {
        assertThat(SnsMessage.subject("x".repeat(100))).hasSize(100).endsWith("x");
        assertThat(SnsMessage.subject("x".repeat(101))).hasSize(100).endsWith("x...");
    }
}
