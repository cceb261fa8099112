package io.trustpipeline.credits.looker;

import io.trustpipeline.credits.Attempts;
import io.trustpipeline.credits.fakes.LookerServer;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LookerClientTest {
    private static final String HOST = "example.looker.com";

    private LookerServer server;

    @BeforeEach
    void start() {
        server = LookerServer.started();
        server.put("7", "SELECT 7");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private LookerClient client(String secret) {
        return new LookerClient(
                server.address(),
                () -> new LookerClient.Credentials(LookerServer.CLIENT_ID, secret),
                Duration.ofSeconds(5),
                new Attempts(3, Duration.ofMillis(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.looker.com/looks/7",
                "https://EXAMPLE.looker.com/looks/7/",
                "https://example.looker.com/explore/model/view?toggle=fil&qid=s7",
                "https://example.looker.com/x/s7"
            })
    void looks_explores_and_short_links_lead_to_their_sql(String link) {
        assertThat(client(LookerServer.CLIENT_SECRET).sql(LookerLink.parse(link, HOST)))
                .isEqualTo("SELECT 7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.looker.com.evil.org/looks/7",
                "https://evil.org/looks/7?x=example.looker.com",
                "https://user@evil.org/looks/7",
                "https://example.looker.com@evil.org/looks/7",
                "not a link looker.com",
                "https://example.looker.com/dashboards/7",
                "https://example.looker.com/looks/../login",
                "https://example.looker.com/explore/model/view",
                "https://example.looker.com/x/a/b"
            })
    void other_links_are_refused_and_nobody_is_asked(String link) {
        assertThatThrownBy(() -> LookerLink.parse(link, HOST))
                .isInstanceOf(PipelineException.class)
                .extracting("exitCode")
                .isEqualTo(ExitCode.REQUEST_REFUSED);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_token_that_expired_is_replaced_by_one_login() {
        LookerClient client = client(LookerServer.CLIENT_SECRET);
        LookerLink link = LookerLink.parse("https://example.looker.com/x/s7", HOST);
        client.sql(link);
        server.expireTokens();
        assertThat(client.sql(link)).isEqualTo("SELECT 7");
        assertThat(server.requests().stream().filter(request -> request.endsWith("/login")))
                .hasSize(2);
    }

    @Test
    void passing_trouble_is_tried_again_and_lasting_trouble_is_told() {
        LookerClient client = client(LookerServer.CLIENT_SECRET);
        LookerLink link = LookerLink.parse("https://example.looker.com/x/s7", HOST);
        server.trouble(2);
        assertThat(client.sql(link)).isEqualTo("SELECT 7");
        server.trouble(3);
        assertThatThrownBy(() -> client.sql(link)).extracting("exitCode").isEqualTo(ExitCode.UNAVAILABLE);
    }

    @Test
    void a_wrong_secret_is_said_to_be_wrong_and_not_shown() {
        assertThatThrownBy(() -> client("s3cret").sql(new LookerLink.Look("7")))
                .hasMessageContaining("does not let us in")
                .hasMessageNotContaining("s3cret")
                .extracting("exitCode")
                .isEqualTo(ExitCode.CONFIGURATION);
    }

    @Test
    void a_look_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> client(LookerServer.CLIENT_SECRET).sql(new LookerLink.Look("8")))
                .extracting("exitCode")
                .isEqualTo(ExitCode.REQUEST_REFUSED);
    }
}
