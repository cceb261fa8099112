package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.trustpipeline.cli.TranscriptServers.World;
import io.trustpipeline.config.Settings;
import io.trustpipeline.transcripts.api.ApiServer;
import io.trustpipeline.transcripts.api.TokenKeys;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The HTTP interface as its clients see it: who may do what, what is refused, what is audited; and the page. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TranscriptsApiTest {
    private static final String KEY = "a key of thirty-two bytes or more, for tests";
    private static final String ANA = "3f6a0b52-77c5-4c6e-9d53-0d9a3c5f1a01";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static World world;
    private static TranscriptsApplication application;
    private static TranscriptsApi api;
    private static ApiServer server;
    private static String jobId = "";

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws Exception {
        TranscriptServers servers = TranscriptServers.shared();
        world = servers.world(folder.resolve("home"));
        Settings settings = world.settings();
        application = TranscriptsApplication.start(settings, true);
        api = TranscriptsApi.of(application, settings);
        server = ApiServer.start("127.0.0.1", 0, new TokenKeys.Shared(KEY), 6_000, api.operations());
    }

    @AfterAll
    static void stop() {
        server.close();
        api.close();
        application.close();
    }

    @Test
    @Order(1)
    void an_educator_uploads_a_transcript_and_reads_what_it_says() throws Exception {
        String educator = token("eva", "educator", 60, "7b");
        JsonNode place = json(201, call(educator, "POST", "/v1/ingest/presigned-upload", """
                {"file_name": "my lesson.txt", "file_format": "txt", "file_size_bytes": 1300, "class_id": "7b",
                 "date": "2026-03-02", "content_type": "text/plain; charset=utf-8"}"""));
        String artifact = place.get("artifact_id").textValue();
        assertThat(place.get("s3_key").textValue())
                .isEqualTo("transcripts/raw/local/7b/2026-03-02/transcripts/" + artifact + "_my_lesson.txt");
        assertThat(place.get("upload_method").textValue()).isEqualTo("PUT");
        assertThat(json(200, call(educator, "GET", "/v1/ingest/artifacts/" + artifact, null))
                        .get("status")
                        .textValue())
                .isEqualTo("pending_upload");
        String begin =
                "{\"artifact_id\": \"" + artifact + "\", \"metadata\": {\"class_id\": \"7b\", \"date\": \"2026-03-02\","
                        + " \"source\": \"recorder\", \"student_roster\": " + TranscriptServers.roster() + "}}";
        assertThat(problem(400, call(educator, "POST", "/v1/ingest/transcripts", begin)))
                .isEqualTo("artifact_id: nothing is uploaded for it yet");
        assertThat(call(
                                educator,
                                "PUT",
                                place.get("upload_url").textValue(),
                                Files.readString(TranscriptServers.DEMO.resolve("bridges.txt")))
                        .statusCode())
                .isEqualTo(204);
        JsonNode job = json(201, call(educator, "POST", "/v1/ingest/transcripts", begin));
        jobId = job.get("job_id").textValue();
        application.await(jobId, Duration.ofSeconds(40));
        JsonNode ended = json(200, call(educator, "GET", "/v1/jobs/" + jobId, null));
        assertThat(ended.get("status").textValue()).isEqualTo("succeeded");
        assertThat(ended.get("duration_seconds").isIntegralNumber()).isTrue();

        JsonNode latest = json(200, call(educator, "GET", "/v1/assessments/" + ANA, null));
        assertThat(latest.get("communication").intValue()).isEqualTo(82);
        String assessment = latest.get("assessment_id").textValue();
        JsonNode evidence = json(200, call(educator, "GET", "/v1/evidence/" + assessment, null));
        JsonNode lines = json(200, call(educator, "GET", "/v1/evidence/" + assessment + "/lines", null));
        assertThat(evidence).isNotEmpty().allSatisfy(quote -> assertThat(lines)
                .anyMatch(line -> line.get("line_number").equals(quote.get("line_number"))
                        && line.get("text")
                                .textValue()
                                .substring(
                                        quote.get("start_offset").intValue(),
                                        quote.get("end_offset").intValue())
                                .equals(quote.get("span_text").textValue())));
        assertThat(lines)
                .hasSize(4)
                .allMatch(line -> line.get("speaker").textValue().equals("Ana"));
        assertThat(json(200, call(educator, "GET", "/v1/classes/7b/dashboard", null))
                        .get("students"))
                .hasSize(4);
        assertThat(json(200, call(educator, "GET", "/v1/assessments/" + ANA + "/history?limit=1", null)))
                .hasSize(1);
        HttpResponse<String> csv = call(educator, "GET", "/v1/classes/7b/export?week=2026-03-04", null);
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(csv.body()).startsWith("\ufeffname,").contains("\"Ana Lopez\"");
        assertThat(world.query(
                        "SELECT action || ' ' || role || ' ' || actor || ' ' || address FROM audit ORDER BY audit_id"))
                .containsExactly(
                        "read-assessment educator eva 127.0.0.1",
                        "read-evidence educator eva 127.0.0.1",
                        "read-lines educator eva 127.0.0.1",
                        "read-dashboard educator eva 127.0.0.1",
                        "read-history educator eva 127.0.0.1",
                        "export-class educator eva 127.0.0.1");
    }

    @Test
    @Order(2)
    void who_may_do_what_is_held_by_role_and_class() throws Exception {
        String stranger = token("sam", "educator", 60, "8a");
        String reader = token("rita", "read_only", 60, "7b");
        String admin = token("ada", "admin", 60);
        for (String path : List.of(
                "/v1/assessments/" + ANA,
                "/v1/classes/7b/dashboard",
                "/v1/jobs/" + jobId,
                "/v1/classes/7b/export?week=2026-03-02")) {
            assertThat(call(stranger, "GET", path, null).statusCode()).as(path).isEqualTo(404);
            assertThat(call(admin, "GET", path, null).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(json(200, call(stranger, "GET", "/v1/classes", null))).isEmpty();
        assertThat(json(200, call(stranger, "GET", "/v1/assessments/" + ANA + "/history", null)))
                .isEmpty();
        assertThat(call(reader, "GET", "/v1/assessments/" + ANA, null).statusCode())
                .isEqualTo(200);
        assertThat(call(reader, "POST", "/v1/ingest/transcripts", "{}").statusCode())
                .isEqualTo(403);
        assertThat(call(reader, "GET", "/v1/admin/jobs?class_id=7b", null).statusCode())
                .isEqualTo(403);
        assertThat(call(reader, "DELETE", "/v1/students/" + ANA, null).statusCode())
                .isEqualTo(403);
        assertThat(json(200, call(admin, "GET", "/v1/admin/jobs?status=succeeded", null)))
                .hasSize(1);
        assertThat(json(200, call(admin, "GET", "/v1/admin/jobs?class_id=7b&page=2", null)))
                .isEmpty();
        assertThat(json(200, call(reader, "GET", "/auth/me", null)).get("role").textValue())
                .isEqualTo("read_only");
        String foreign =
                "{\"file_name\": \"a.txt\", \"file_format\": \"txt\", \"file_size_bytes\": 1, \"class_id\": \"7b\","
                        + " \"date\": \"2026-03-02\"}";
        assertThat(problem(403, call(stranger, "POST", "/v1/ingest/presigned-upload", foreign)))
                .isEqualTo("class_id: 7b is not a class of yours");
    }

    @Test
    @Order(3)
    void a_token_that_is_not_right_opens_nothing() throws Exception {
        assertThat(call(null, "GET", "/healthz", null).statusCode()).isEqualTo(200);
        String good = token("eva", "educator", 60, "7b");
        for (String wrong : Arrays.asList(
                null,
                "",
                "x.y.z",
                good.substring(0, good.length() - 2) + "AA",
                token("eva", "educator", -1, "7b"),
                token("eva", "educator", 24 * 60, "7b"),
                token("eva", "principal", 60, "7b"),
                good.substring(good.indexOf('.')).replaceFirst("^", "eyJhbGciOiJub25lIn0"))) {
            HttpResponse<String> refused = call(wrong, "GET", "/v1/assessments/" + ANA, null);
            assertThat(refused.statusCode()).as(String.valueOf(wrong)).isEqualTo(401);
            assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        }
    }

    @Test
    @Order(4)
    void what_the_contract_does_not_allow_is_refused_as_a_problem() throws Exception {
        String admin = token("ada", "admin", 60);
        String presign = "/v1/ingest/presigned-upload";
        assertThat(problem(400, call(admin, "POST", presign, "{\"file_name\": \"\", \"colour\": 1}")))
                .contains(
                        "file_name: right is 1 to 255 characters",
                        "\"colour\" is no field of this request",
                        "date: right is");
        assertThat(problem(400, call(admin, "POST", presign, "{"))).isEqualTo("the body is not valid JSON");
        String template =
                "{\"file_name\": \"%s\", \"file_format\": \"%s\", \"file_size_bytes\": %d, \"class_id\": \"7b\","
                        + " \"date\": \"2026-03-02\", \"content_type\": \"%s\"}";
        assertThat(problem(400, call(admin, "POST", presign, template.formatted("a.txt", "txt", 52_428_801, ""))))
                .isEqualTo("file_size_bytes: right is 1 to 52428800 bytes");
        assertThat(problem(400, call(admin, "POST", presign, template.formatted("a.txt", "csv", 1, ""))))
                .isEqualTo("file_format: csv is not the ending of file_name");
        assertThat(problem(400, call(admin, "POST", presign, template.formatted("a.txt", "txt", 1, "text/csv"))))
                .isEqualTo("content_type: right is text/plain, or none");
        assertThat(problem(400, call(admin, "GET", "/v1/assessments/7", null)))
                .isEqualTo("student_id: right is a UUID");
        assertThat(problem(400, call(admin, "GET", "/v1/assessments/" + ANA + "/history?limit=101", null)))
                .isEqualTo("limit: right is 1 to 100");
        assertThat(problem(400, call(admin, "GET", "/v1/classes/7b/export", null)))
                .isEqualTo("week: missing; right is any day of the week, such as 2026-03-02");
        assertThat(problem(400, call(admin, "GET", "/v1/admin/jobs", null))).startsWith("class_id, status");
        assertThat(problem(404, call(admin, "GET", "/v1/nothing", null))).isEqualTo("this address: not found");
        assertThat(problem(405, call(admin, "DELETE", "/v1/classes", null)))
                .isEqualTo("DELETE is not for this address");
        assertThat(problem(413, call(admin, "POST", presign, " ".repeat(2 << 20))))
                .contains("1048576 bytes");
    }

    @Test
    @Order(5)
    void fifty_readers_at_once_are_all_answered() throws Exception {
        String admin = token("ada", "admin", 60);
        HttpRequest read = HttpRequest.newBuilder(uri("/v1/assessments/" + ANA))
                .header("Authorization", "Bearer " + admin)
                .build();
        ExecutorService readers = Executors.newFixedThreadPool(50);
        try {
            Callable<Void> reader = () -> {
                for (int i = 0; i < 20; i++) {
                    assertThat(CLIENT.send(read, HttpResponse.BodyHandlers.ofString())
                                    .statusCode())
                            .isEqualTo(200);
                }
                return null;
            };
            for (Future<Void> done : readers.invokeAll(Collections.nCopies(50, reader))) {
                done.get();
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    @Order(5)
    void an_essay_is_scored_for_its_author_and_a_picture_is_kept_but_refused() throws Exception {
        String educator = token("eva", "educator", 60, "7c");
        String author = "6c1c7a3e-2f57-4f0e-8a55-0d9a3c5f1b02";
        Path essay = folder.resolve("essay.docx");
        try (XWPFDocument document = new XWPFDocument();
                OutputStream out = Files.newOutputStream(essay)) {
            document.createParagraph().createRun().setText("We worked together. I can explain the plan.");
            document.write(out);
        }
        String begin = "{\"artifact_id\": \"%s\", \"metadata\": {\"class_id\": \"7c\", \"date\": \"2026-03-02\","
                + " \"student_id\": \"" + author + "\", \"artifact_type\": \"essay\"}}";
        String id = brought(educator, "essay.docx", "docx", Files.readAllBytes(essay));
        assertThat(json(200, call(educator, "GET", "/v1/ingest/artifacts/" + id, null))
                        .get("artifact_key")
                        .textValue())
                .contains("/artifacts/");
        JsonNode job = json(201, call(educator, "POST", "/v1/ingest/artifacts", begin.formatted(id)));
        application.await(job.get("job_id").textValue(), Duration.ofSeconds(40));
        JsonNode latest = json(200, call(educator, "GET", "/v1/assessments/" + author, null));
        assertThat(latest.get("collaboration").isNull()).isFalse();
        assertThat(json(
                                200,
                                call(
                                        educator,
                                        "GET",
                                        "/v1/evidence/"
                                                + latest.get("assessment_id").textValue(),
                                        null))
                        .toString())
                .contains("\"span_text\":\"together\"", "line 1");

        String picture = brought(educator, "poster.jpeg", "jpg", new byte[] {(byte) 0xff, (byte) 0xd8, 1});
        assertThat(problem(400, call(educator, "POST", "/v1/ingest/artifacts", begin.formatted(picture))))
                .isEqualTo("artifact_id: pictures are kept, but not read; right is a pdf or docx");
        assertThat(problem(400, call(educator, "POST", "/v1/ingest/artifacts", "{\"artifact_id\": \"x\"}")))
                .contains("metadata: right is");

        // Whose words an upload holds on which no job was begun, nobody knows: it goes with whoever is deleted.
        json(200, call(token("ada", "admin", 60), "DELETE", "/v1/students/" + author, null));
        for (String gone : List.of(id, picture)) {
            assertThat(call(educator, "GET", "/v1/ingest/artifacts/" + gone, null)
                            .statusCode())
                    .isEqualTo(404);
        }
        JsonNode deleted =
                json(200, call(educator, "GET", "/v1/jobs/" + job.get("job_id").textValue(), null));
        assertThat(application
                        .jobs()
                        .require(deleted.get("job_id").textValue())
                        .request()
                        .fileName())
                .isEqualTo("deleted.docx");
    }

    /** Announced and uploaded. @return its id */
    private static String brought(String token, String file, String format, byte[] content) throws Exception {
        JsonNode place = json(
                201, call(token, "POST", "/v1/ingest/presigned-upload", """
                {"file_name": "%s", "file_format": "%s", "file_size_bytes": %d, "class_id": "7c",
                 "date": "2026-03-02"}""".formatted(file, format, content.length)));
        HttpRequest put = HttpRequest.newBuilder(uri(place.get("upload_url").textValue()))
                .header("Authorization", "Bearer " + token)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(content))
                .build();
        assertThat(CLIENT.send(put, HttpResponse.BodyHandlers.discarding()).statusCode())
                .isEqualTo(204);
        return place.get("artifact_id").textValue();
    }

    @Test
    @Order(6)
    void who_asks_too_often_is_told_to_wait() throws Exception {
        try (ApiServer few = ApiServer.start("127.0.0.1", 0, new TokenKeys.Shared(KEY), 3, api.operations())) {
            URI me = URI.create("http://127.0.0.1:" + few.port() + "/auth/me");
            HttpRequest.Builder eva =
                    HttpRequest.newBuilder(me).header("Authorization", "Bearer " + token("eva", "educator", 60));
            List<HttpResponse<String>> answers = new ArrayList<>();
            // At least four of them are in one minute.
            for (int i = 0; i < 8; i++) {
                answers.add(CLIENT.send(eva.build(), HttpResponse.BodyHandlers.ofString()));
            }
            assertThat(answers.get(0).statusCode()).isEqualTo(200);
            HttpResponse<String> last = answers.stream()
                    .filter(answer -> answer.statusCode() != 200)
                    .findFirst()
                    .orElseThrow();
            assertThat(problem(429, last)).isEqualTo("more than 3 requests in a minute; wait for the next");
            assertThat(last.headers().firstValue("Retry-After")).contains("60");
        }
    }

    @Test
    @Order(7)
    @Tag("slow")
    void the_page_uploads_watches_and_shows_evidence_to_keys_alone() throws Exception {
        Optional<Path> chromium = HeadlessChromium.program();
        if (chromium.isEmpty()) {
            System.out.println("skipped: no Chromium (Debian's package chromium)");
        }
        assumeTrue(chromium.isPresent());
        String page = "http://127.0.0.1:" + server.port() + "/";
        try (HeadlessChromium browser =
                HeadlessChromium.open(chromium.orElseThrow(), folder.resolve("profile"), page)) {
            browser.until("document.readyState === 'complete' && document.getElementById('token') !== null");
            browser.tabTo("#token");
            browser.type(token("eva", "educator", 60, "9d"));
            browser.enter();
            browser.until("document.getElementById('who').textContent === 'eva, educator'");
            browser.tabTo("#class");
            browser.type("9d");
            browser.tabTo("#date");
            browser.value("document.getElementById('date').value = '2026-03-03'");
            browser.tabTo("#text");
            browser.type("Teacher: Go!\nMia: 😀 Can you explain it, Tom? I care about it.\nTom: We work together.");
            browser.tabTo("#roster");
            browser.type("Mia\nTom");
            browser.tabTo("#upload button");
            browser.enter();
            browser.until("document.querySelectorAll('#pupils button').length === 2");
            browser.tabTo("#pupils button");
            browser.enter();
            browser.until("document.activeElement.id === 'pupil-title'");
            assertThat(browser.value("document.getElementById('scores').innerText"))
                    .contains("empathy\t73", "adaptability\t–");
            assertThat(browser.value(
                            "Array.from(document.querySelectorAll('#lines mark')).map(m => m.textContent).join()"))
                    .isEqualTo("Can you explain,care");
        }
    }

    @Test
    @Order(8)
    void an_administrator_deletes_a_pupil() throws Exception {
        String admin = token("ada", "admin", 60);
        assertThat(json(200, call(admin, "DELETE", "/v1/students/" + ANA, null))
                        .get("assessments")
                        .intValue())
                .isEqualTo(1);
        assertThat(call(admin, "GET", "/v1/assessments/" + ANA, null).statusCode())
                .isEqualTo(404);
        assertThat(call(admin, "DELETE", "/v1/students/" + ANA, null).statusCode())
                .isEqualTo(404);
    }

    private static HttpResponse<String> call(String token, String method, String path, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static JsonNode json(int status, HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return JSON.readTree(response.body());
    }

    private static String problem(int status, HttpResponse<String> response) throws Exception {
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = json(status, response);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        return problem.get("detail").textValue();
    }

    private static String token(String subject, String role, int minutes, String... classes) throws Exception {
        Instant now = Instant.now();
        Instant made = minutes < 0 ? now.minusSeconds(600) : now;
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.HS256),
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .claim("role", role)
                        .claim("classes", List.of(classes))
                        .issueTime(Date.from(made))
                        .expirationTime(Date.from(now.plusSeconds(minutes * 60L)))
                        .build());
        token.sign(new MACSigner(KEY.getBytes(StandardCharsets.UTF_8)));
        return token.serialize();
    }
}
