package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.ops.LatestProgress.Latest;
import io.trustpipeline.store.FolderS3;
import io.trustpipeline.store.ObjectStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The page of a service, with one run to show. */
class PageServerTest {
    @TempDir
    static Path folder;

    private static Path home;
    private static S3Client client;
    private static PageServer server;
    private static URI address;

    @BeforeAll
    static void serve() throws Exception {
        home = folder.resolve("home");
        Invocation run = Invocation.of(SmallData.arguments(
                home,
                SmallData.comments(folder.resolve("comments.csv"), 60),
                SmallData.models(folder.resolve("models")),
                "--run-id",
                "first",
                "--up-id",
                "7168"));
        assertThat(run.status()).as(run.err()).isZero();
        client = FolderS3.of(home, "trust-pipeline");
        server = PageServer.start(
                Optional.of(0),
                new ObjectStore(client, "trust-pipeline", "trust_scoring/"),
                () -> new Latest("score", 500, 1_000, 100, 5),
                () -> 3);
        address = URI.create(server.address().orElseThrow());
    }

    @AfterAll
    static void close() {
        server.close();
        client.close();
    }

    @Test
    void it_lists_runs_and_opens_their_reports() throws Exception {
        HttpResponse<String> page = get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<a href=\"/runs/first/report\">first</a>")
                .contains("NOTIFIED");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none';")
                .contains("script-src 'self'");
        assertThat(get("/runs/first/report").body())
                .isEqualTo(Files.readString(Invocation.bucket(home).resolve("trust_scoring/runs/first/report.html")));
    }

    @Test
    void it_says_how_far_the_run_under_way_is() throws Exception {
        JsonNode now = new JsonMapper().readTree(get("/progress").body());
        assertThat(now.path("stage").asText()).isEqualTo("score");
        assertThat(now.path("done").asLong()).isEqualTo(500);
        assertThat(now.path("ended").asLong()).isEqualTo(3);
        assertThat(get("/watch.js").body()).contains("fetch(\"/progress\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/runs/other/report", "/runs/..%2F..%2Fledger/report", "/runs/first/manifest.json", "/x"})
    void what_is_no_report_of_a_run_is_not_there(String path) throws Exception {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void it_answers_to_no_other_name_and_takes_nothing() throws Exception {
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example:" + address.getPort()))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET / HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort()))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("POST / HTTP/1.1\r\nContent-Length: 0\r\nHost: 127.0.0.1:" + address.getPort()))
                .startsWith("HTTP/1.1 405");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 820, 1440})
    @Tag("slow")
    void a_browser_shows_it_at_every_width_and_axe_finds_nothing(int width) throws Exception {
        Optional<Path> chromium = HeadlessPage.browser();
        assumeTrue(chromium.isPresent(), "skipped: no Chromium on this machine");
        Path page = folder.resolve("runs.html");
        Files.writeString(page, get("/").body().replaceFirst("<script[^>]*></script>", ""));
        JsonNode seen = new HeadlessPage(chromium.get(), Files.createDirectories(folder.resolve("browser-" + width)))
                .examine(page, width, false);
        assertThat(seen.path("contentWidth").asInt()).isLessThanOrEqualTo(width);
        assertThat(seen.path("violations")).isEmpty();
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String raw(String head) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", address.getPort())) {
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
