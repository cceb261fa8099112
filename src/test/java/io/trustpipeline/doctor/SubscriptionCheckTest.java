package io.trustpipeline.doctor;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class SubscriptionCheckTest {
    private static final String TOPIC = "arn:aws:sns:us-east-2:123456789012:notify";

    @ParameterizedTest
    @CsvSource({
        "'', 'note  notify topic     nobody is subscribed'",
        "ana=PendingConfirmation, 'note  notify topic     ana did not confirm; follow the link'",
        "'ana=PendingConfirmation bob=arn:aws:sns:x', 'note  notify topic     ana did not confirm'",
        "bob=arn:aws:sns:x, 'ok    notify topic     1 confirmed'"
    })
    void who_has_not_followed_the_link_is_named(String subscriptions, String line) throws Exception {
        String members = Arrays.stream(subscriptions.split(" "))
                .filter(one -> !one.isEmpty())
                .map(one -> one.split("="))
                .map(one -> "<member><Protocol>email</Protocol><Endpoint>" + one[0] + "</Endpoint><SubscriptionArn>"
                        + one[1] + "</SubscriptionArn></member>")
                .collect(Collectors.joining());
        byte[] answer = ("<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>" + members
                        + "</Subscriptions></ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>")
                .getBytes(UTF_8);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try (SnsClient sns = SnsClient.builder()
                .region(Region.US_EAST_2)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            Examination examination = new Examination(new SubscriptionCheck(sns, "notify topic", TOPIC).examine());
            assertThat(examination.lines()).singleElement().asString().startsWith(line);
        } finally {
            server.stop(0);
        }
    }
}
