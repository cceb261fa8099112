package io.trustpipeline.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.servicequotas.ServiceQuotasClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Through the SDK's client, against a peer that speaks the protocol of Service Quotas; no emulator knows it. */
class QuotaCheckTest {
    private HttpServer peer;
    private ServiceQuotasClient quotas;
    private int status = 200;
    private String answer = "";
    private JsonNode asked;

    @BeforeEach
    void start() throws IOException {
        peer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        peer.createContext("/", this::serve);
        peer.start();
        quotas = ServiceQuotasClient.builder()
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + peer.getAddress().getPort()))
                .region(Region.US_EAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    @AfterEach
    void stop() {
        quotas.close();
        peer.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .isEqualTo("ServiceQuotasV20190624.GetServiceQuota");
        asked = new JsonMapper().readTree(exchange.getRequestBody());
        byte[] json = answer.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
        exchange.close();
    }

    @Test
    void an_account_that_grants_what_a_run_takes_is_good_and_less_is_bad_with_what_to_do() {
        answer = "{\"Quota\": {\"ServiceCode\": \"fargate\", \"QuotaCode\": \"L-3032A538\", \"Value\": 24.0}}";
        assertThat(new QuotaCheck(quotas, 24).examine())
                .containsExactly(new Finding.Good("quota", "Fargate grants 24 vCPUs, a run takes up to 24"));
        assertThat(asked.path("ServiceCode").asText()).isEqualTo("fargate");
        assertThat(asked.path("QuotaCode").asText()).isEqualTo("L-3032A538");
        assertThat(new QuotaCheck(quotas, 28).examine()).singleElement().satisfies(finding -> {
            Finding.Bad bad = (Finding.Bad) finding;
            assertThat(bad.state()).isEqualTo("Fargate grants 24 vCPUs, a run takes up to 28");
            assertThat(bad.remedy()).contains("MaxConcurrency", "L-3032A538");
            assertThat(bad.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        });
    }

    @Test
    void who_may_not_ask_is_told_so_and_not_stopped() {
        status = 400;
        answer = "{\"__type\": \"AccessDeniedException\", \"message\": \"no\"}";
        assertThat(new QuotaCheck(quotas, 24).examine()).singleElement().satisfies(finding -> assertThat(
                        ((Finding.Note) finding).remedy())
                .contains("servicequotas:GetServiceQuota"));
    }
}
