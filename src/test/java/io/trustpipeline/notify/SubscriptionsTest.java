package io.trustpipeline.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Run;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.RunRequest;
import io.trustpipeline.run.RunState;
import io.trustpipeline.run.Subscription;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sns.SnsClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import static io.trustpipeline.notify.NotificationTest.notification;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What goes over the wire to SNS, and what is made of its answers; the emulator's test shows who gets messages. */
class SubscriptionsTest {
    private static final String TOPIC = "arn:aws:sns:eu-west-2:123456789012:trust";
    private static final String CONFIRMED = TOPIC + ":6f1c";
    private static final String PENDING = "PendingConfirmation";

    private final List<Map<String, String>> subscribed = new ArrayList<>();
    /** Endpoint and ARN of every subscription there is, a page each. */
    private final List<List<String>> pages = new ArrayList<>();

    private int status = 200;
    private HttpServer server;
    private SnsClient sns;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        sns = SnsClient.builder()
                .region(Region.EU_WEST_2)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(client ->
                        client.retryStrategy(RetryMode.STANDARD).retryStrategy(strategy -> strategy.maxAttempts(1)))
                .build();
    }

    @AfterEach
    void stop() {
        sns.close();
        server.stop(0);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        Map<String, String> request = parameters(exchange);
        StringBuilder answer = new StringBuilder();
        if (status != 200) {
            answer.append("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Code>")
                    .append(status < 500 ? "FilterPolicyLimitExceeded" : "InternalError")
                    .append("</Code><Message>scripted</Message></Error></ErrorResponse>");
        } else if (request.get("Action").equals("Subscribe")) {
            subscribed.add(request);
            answer.append("<SubscribeResponse><SubscribeResult><SubscriptionArn>pending confirmation")
                    .append("</SubscriptionArn></SubscribeResult></SubscribeResponse>");
        } else {
            int page = Integer.parseInt(request.getOrDefault("NextToken", "0"));
            answer.append("<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions>");
            if (page < pages.size()) {
                answer.append(
                        "<member><Protocol>email</Protocol><Endpoint>%s</Endpoint><SubscriptionArn>%s</SubscriptionArn></member>"
                                .formatted(pages.get(page).toArray()));
            }
            answer.append("</Subscriptions>")
                    .append(page + 1 < pages.size() ? "<NextToken>" + (page + 1) + "</NextToken>" : "")
                    .append("</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>");
        }
        byte[] bytes = answer.toString().getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static Map<String, String> parameters(HttpExchange exchange) throws IOException {
        Map<String, String> parameters = new TreeMap<>();
        for (String pair : new String(exchange.getRequestBody().readAllBytes(), UTF_8).split("&")) {
            String[] nameAndValue = pair.split("=", 2);
            parameters.put(URLDecoder.decode(nameAndValue[0], UTF_8), URLDecoder.decode(nameAndValue[1], UTF_8));
        }
        return parameters;
    }

    private Subscription ensure(String recipient) {
        return new Subscriptions(sns, TOPIC).ensure(notification("done", recipient));
    }

    @Test
    void a_new_person_is_subscribed_to_their_own_runs_and_has_to_confirm() {
        pages.add(List.of("bob@example.org", CONFIRMED));
        assertThat(ensure("ana@example.org")).isEqualTo(Subscription.PENDING);
        assertThat(subscribed).singleElement().satisfies(request -> assertThat(request)
                .containsEntry("TopicArn", TOPIC)
                .containsEntry("Protocol", "email")
                .containsEntry("Endpoint", "ana@example.org"));
        Map<String, String> request = subscribed.get(0);
        Map<String, String> attributes = new TreeMap<>();
        for (int entry = 1; request.containsKey("Attributes.entry." + entry + ".key"); entry++) {
            attributes.put(
                    request.get("Attributes.entry." + entry + ".key"),
                    request.get("Attributes.entry." + entry + ".value").replaceAll("\\s", ""));
        }
        assertThat(attributes)
                .isEqualTo(Map.of(
                        "FilterPolicy",
                        "{\"notify_email\":[\"ana@example.org\"]}",
                        "FilterPolicyScope",
                        "MessageAttributes"));
    }

    @Test
    void somebody_who_is_subscribed_is_left_as_they_are_also_on_a_later_page() {
        pages.add(List.of("bob@example.org", CONFIRMED));
        pages.add(List.of("ana@example.org", CONFIRMED));
        assertThat(ensure("ana@example.org")).isEqualTo(Subscription.CONFIRMED);
        assertThat(subscribed).isEmpty();
    }

    @Test
    void somebody_who_has_not_confirmed_is_asked_no_second_time() {
        pages.add(List.of("ana@example.org", PENDING));
        assertThat(ensure("ana@example.org")).isEqualTo(Subscription.PENDING);
        assertThat(subscribed).isEmpty();
    }

    @Test
    void somebody_is_invited_when_their_run_starts_and_not_again_when_it_is_over() {
        Invitations invitations = new Invitations(Optional.of(new Subscriptions(sns, TOPIC)));
        invitations.invite(run("ana@example.org", RunState.NOTIFIED));
        invitations.invite(run(null, RunState.STARTED));
        assertThat(subscribed).isEmpty();
        invitations.invite(run("ana@example.org", RunState.STARTED));
        assertThat(subscribed).singleElement().satisfies(request -> assertThat(request)
                .containsEntry("Endpoint", "ana@example.org"));
        status = 500;
        assertThatCode(() -> invitations.invite(run("bob@example.org", RunState.STARTED)))
                .doesNotThrowAnyException();
    }

    private static Run run(@Nullable String email, RunState state) {
        RunRequest request = new RunRequest(LocalDate.of(2025, 9, 26), "nightly-17", email, 7168);
        return new Run(request, new RunLayout("bucket", "trust_scoring/", request), state, 1);
    }

    @Test
    void a_run_that_names_nobody_subscribes_nobody() {
        assertThat(ensure(null)).isNull();
        assertThat(subscribed).isEmpty();
    }

    @Test
    void a_topic_that_refuses_does_not_fail_a_run_that_is_done() {
        status = 403;
        assertThat(ensure("ana@example.org")).isEqualTo(Subscription.REFUSED);
    }

    @Test
    void a_topic_that_does_not_answer_is_worth_a_retry() {
        status = 500;
        PipelineException failed = catchThrowableOfType(PipelineException.class, () -> ensure("ana@example.org"));
        assertThat(failed.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(failed).hasMessageContaining(TOPIC);
    }
}
