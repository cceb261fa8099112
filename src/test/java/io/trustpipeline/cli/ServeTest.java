package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.cloud.SfnPeer;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** The service as a process of its own, and trigger files that are dropped while it runs. */
class ServeTest {
    private static final String REQUEST =
            "{\"run_date\": \"2025-09-26\", \"up_id\": 7168, \"email\": \"ana@example.org\"}";

    @TempDir
    static Path shared;

    private static Path comments;
    private static Path models;

    @TempDir
    Path folder;

    @BeforeAll
    static void prepare() throws Exception {
        comments = SmallData.comments(shared.resolve("comments.csv"), 60);
        models = SmallData.models(shared.resolve("models"));
    }

    @Test
    void a_trigger_gives_one_run_whatever_happens_twice_and_a_bad_one_is_moved_aside_with_the_reason()
            throws Exception {
        Path home = folder.resolve("home");
        int port = ManagementTest.freePort();
        try (ProgramProcess service = serve(home, Map.of("TRUST_MANAGEMENT_PORT", Integer.toString(port)))) {
            waitFor(service, "watching s3://trust-pipeline/trust_scoring/triggers/");
            drop(home, "nightly.json", REQUEST);
            waitFor(service, "trigger nightly.json: done");
            drop(home, "nightly.json", REQUEST);
            waitFor(service, "trigger nightly.json: done");
            drop(home, "wrong.json", "{\"up_id\": 0, \"colour\": \"blue\"}");
            waitFor(service, "trigger wrong.json: REQUEST_REFUSED");

            assertThat(get(port, "/observe/health/ready"))
                    .contains("\"UP\"")
                    .contains("storage", "warehouse", "models");
            assertThat(get(port, "/observe/health/live")).contains("\"UP\"");
            assertThat(get(port, "/observe/metrics"))
                    .contains("trustpipeline_rows_exported_total{environment=\"local\"")
                    .contains("trustpipeline_spans_by_theme_total{")
                    .contains("trustpipeline_dead_letters_total{");

            service.terminate();
            assertThat(service.end().status()).isZero();
        }
        Path bucket = Invocation.bucket(home).resolve("trust_scoring");
        assertThat(names(bucket.resolve("runs"))).hasSize(1);
        String runId = names(bucket.resolve("runs")).get(0);
        assertThat(runId).startsWith("nightly-");
        JsonNode manifest = Invocation.manifest(home, runId);
        assertThat(manifest.path("state").asText()).isEqualTo("NOTIFIED");
        assertThat(manifest.path("attempts").asInt()).isEqualTo(1);
        assertThat(names(home.resolve("outbox"))).hasSize(2).allMatch(name -> name.startsWith(runId));
        assertThat(names(bucket.resolve("triggers"))).containsExactlyInAnyOrder("claims", "done", "failed");
        List<String> failed = names(bucket.resolve("triggers/failed"));
        assertThat(failed).hasSize(2).allMatch(name -> name.startsWith("wrong-"));
        String result = failed.stream()
                .filter(name -> name.endsWith(".result.json"))
                .findAny()
                .orElseThrow();
        assertThat(new JsonMapper()
                        .readTree(bucket.resolve("triggers/failed")
                                .resolve(result)
                                .toFile())
                        .path("message")
                        .asText())
                .contains("up_id", "colour");
        assertThat(names(bucket.resolve("triggers/done"))).isNotEmpty().allMatch(name -> name.startsWith("nightly-"));
    }

    @Test
    void a_service_that_is_killed_in_the_middle_of_a_run_carries_it_on_when_it_starts_again() throws Exception {
        Path home = folder.resolve("home");
        try (ProgramProcess service = serve(home, Map.of("TRUST_PAUSE_AT", "AFTER_SCORED_OBJECT"))) {
            waitFor(service, "watching");
            drop(home, "nightly.json", REQUEST);
            waitFor(service, "paused at AFTER_SCORED_OBJECT");
            service.kill();
        }
        try (ProgramProcess service = serve(home, Map.of())) {
            waitFor(service, "trigger nightly.json: done");
            service.terminate();
            assertThat(service.end().status()).isZero();
        }
        Path runs = Invocation.bucket(home).resolve("trust_scoring/runs");
        assertThat(names(runs)).hasSize(1);
        JsonNode manifest = Invocation.manifest(home, names(runs).get(0));
        assertThat(manifest.path("state").asText()).isEqualTo("NOTIFIED");
        assertThat(manifest.path("attempts").asInt()).isEqualTo(2);
    }

    @Test
    void a_service_that_is_stopped_ends_the_run_in_a_state_that_the_next_one_resumes() throws Exception {
        Path home = folder.resolve("home");
        try (ProgramProcess service = serve(home, Map.of("TRUST_PAUSE_AT", "AFTER_PLAN:2000"))) {
            waitFor(service, "watching");
            drop(home, "nightly.json", REQUEST);
            waitFor(service, "paused at AFTER_PLAN");
            service.terminate();
            assertThat(service.end().status()).isEqualTo(75);
        }
        assertThat(Invocation.bucket(home).resolve("trust_scoring/triggers/nightly.json"))
                .exists();
        try (ProgramProcess service = serve(home, Map.of())) {
            waitFor(service, "trigger nightly.json: done");
        }
    }

    @Test
    void two_services_on_one_bucket_give_one_run() throws Exception {
        Files.createDirectories(folder.resolve("s3"));
        S3Proxy server = S3Proxy.builder()
                .blobStore(new FilesystemNio2BlobStore(folder.resolve("s3").toString()))
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, "test", "secret")
                .build();
        server.start();
        URI endpoint = URI.create("http://127.0.0.1:" + server.getPort());
        Map<String, String> environment = new HashMap<>(Map.of(
                "TRUST_STORAGE_BUCKET", "comments",
                "TRUST_STORAGE_ENDPOINT", endpoint.toString(),
                "AWS_ACCESS_KEY_ID", "test",
                "AWS_SECRET_ACCESS_KEY", "secret"));
        try (S3Client client = client(endpoint)) {
            client.createBucket(create -> create.bucket("comments"));
            try (ProgramProcess first = serve(folder.resolve("first"), environment);
                    ProgramProcess second = serve(folder.resolve("second"), environment)) {
                waitFor(first, "watching");
                waitFor(second, "watching");
                // Of one client's runs at the same moment only one may publish; these have a client each.
                for (String name : List.of("a", "b", "c", "d")) {
                    String request = REQUEST.replace("7168", Integer.toString(name.charAt(0)))
                            .replace("}", ", \"run_id\": \"" + name + "\"}");
                    client.putObject(
                            put -> put.bucket("comments").key("trust_scoring/triggers/" + name + ".json"),
                            RequestBody.fromString(request));
                }
                for (int tries = 0; keys(client, "trust_scoring/triggers/done/").size() < 8; tries++) {
                    if (tries == 1_200) {
                        first.terminate();
                        second.terminate();
                        fail("not done after two minutes: " + keys(client, "trust_scoring/triggers/") + "\n"
                                + first.end().text() + "\n" + second.end().text());
                    }
                    Thread.sleep(100);
                }
                first.terminate();
                second.terminate();
                String printed = first.end().text() + second.end().text();
                for (String name : List.of("a", "b", "c", "d")) {
                    assertThat(printed.split("trigger " + name + ".json: done", -1))
                            .hasSize(2);
                }
            }
            assertThat(keys(client, "trust_scoring/triggers/failed/")).isEmpty();
            assertThat(keys(client, "trust_scoring/runs/").stream().filter(key -> key.contains("/claims/attempt-")))
                    .hasSize(4);
        } finally {
            server.stop();
        }
    }

    @Test
    void where_a_state_machine_is_named_a_trigger_starts_one_execution_of_it() throws Exception {
        Path home = folder.resolve("home");
        String request = REQUEST.replace("}", ", \"run_id\": \"nightly-7\", \"max_minutes\": 30.0, \"max_cost\": 2.5}");
        try (SfnPeer peer = new SfnPeer()) {
            peer.answer("StartExecution", "{\"executionArn\": \"arn:of-the-execution\", \"startDate\": 1}");
            Map<String, String> environment = Map.of(
                    "TRUST_CLOUD_STATE_MACHINE", "arn:aws:states:us-east-2:111122223333:stateMachine:trust",
                    "AWS_ENDPOINT_URL_SFN", peer.endpoint().toString(),
                    "AWS_ACCESS_KEY_ID", "test",
                    "AWS_SECRET_ACCESS_KEY", "secret");
            try (ProgramProcess service = serve(home, environment)) {
                waitFor(service, "watching");
                drop(home, "nightly.json", request);
                waitFor(service, "trigger nightly.json: done");
                service.terminate();
                assertThat(service.end().status()).isZero();
            }
            assertThat(peer.calls("StartExecution")).hasSize(1);
            JsonNode start = peer.calls("StartExecution").get(0).body();
            assertThat(start.path("stateMachineArn").asText()).endsWith(":stateMachine:trust");
            assertThat(start.path("name").asText()).startsWith("nightly-7-");
            assertThat(new JsonMapper().readTree(start.path("input").asText()))
                    .isEqualTo(new JsonMapper().readTree(request));
        }
        Path bucket = Invocation.bucket(home).resolve("trust_scoring");
        assertThat(bucket.resolve("runs")).doesNotExist();
        assertThat(names(bucket.resolve("triggers/done"))).hasSize(2);
    }

    private static void waitFor(ProgramProcess service, String text) throws IOException, InterruptedException {
        if (!service.prints(text)) {
            fail("it ended without \"" + text + "\": " + service.end().text());
        }
    }

    private ProgramProcess serve(Path home, Map<String, String> environment) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of(
                "TRUST_SERVE_POLL", "0.2s",
                "TRUST_SERVE_LEASE", "2s",
                "TRUST_MANAGEMENT_PORT", "0",
                "TRUST_SERVE_SCHEDULE", "0 0 2 1 1 ? 2099"));
        all.putAll(environment);
        return ProgramProcess.start(
                folder,
                all,
                "serve",
                "--home",
                home.toString(),
                "--warehouse",
                comments.toString(),
                "--models",
                models.toString());
    }

    /** As people do who have the folder of the local S3 before them. */
    private void drop(Path home, String name, String content) throws IOException {
        Path triggers = Files.createDirectories(Invocation.bucket(home).resolve("trust_scoring/triggers"));
        Path whole = Files.writeString(folder.resolve(name), content);
        Files.move(whole, triggers.resolve(name));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> keys(S3Client client, String prefix) {
        return client.listObjectsV2Paginator(list -> list.bucket("comments").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "secret")))
                .build();
    }

    private static String get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
