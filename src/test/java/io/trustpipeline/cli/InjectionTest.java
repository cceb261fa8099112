package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.export.QueryValues;
import io.trustpipeline.export.SqlTemplate;
import io.trustpipeline.notify.FolderMailbox;
import io.trustpipeline.notify.Notification;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.RunLayout;
import io.trustpipeline.run.RunRequest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a field of a request holds, it is refused, or it is a value and nothing else wherever it goes. */
class InjectionTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final RequestReader READER = new RequestReader("trust");
    private static final SqlTemplate QUERY =
            SqlTemplate.parse("q", "SELECT 1 WHERE a = :up_id AND b = :run_date AND c <= :row_limit");
    private static final Set<String> FIELDS = Set.of("run_date", "run_id", "email", "up_id", "max_minutes", "max_cost");

    @Property(tries = 2_000)
    void a_field_is_refused_in_one_line_or_harmless_everywhere(
            @ForAll("fields") String field, @ForAll("values") String value) throws Exception {
        ObjectNode json = JSON.createObjectNode().put(field, value);
        RequestFields fields;
        try {
            fields = READER.read(JSON.writeValueAsString(json));
        } catch (PipelineException refused) {
            assertThat(refused.exitCode()).isEqualTo(ExitCode.REQUEST_REFUSED);
            assertThat(refused.getMessage()).hasLineCount(1).doesNotContainPattern("\\p{Cntrl}");
            return;
        }
        RunRequest request =
                fields.withDefaults(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), ZoneOffset.UTC, new Random(1));
        keysStayBelowTheirPrefixes(request);
        theQueryKeepsItsForm(request);
        theMailKeepsItsHeaders(request);
    }

    private static void keysStayBelowTheirPrefixes(RunRequest request) {
        RunLayout layout = new RunLayout("bucket", "trust_scoring/", request);
        List<String> keys = List.of(
                layout.rawPrefix(),
                layout.scoredPrefix(),
                layout.rejectedPrefix(),
                layout.ledger(),
                layout.manifestKey());
        for (String key : keys) {
            assertThat(key)
                    .startsWith("trust_scoring/")
                    .matches("[A-Za-z0-9._=/-]+")
                    .doesNotContain("/../", "//", "/./");
            assertThat(Path.of("/", key).normalize()).isEqualTo(Path.of("/", key));
        }
    }

    private static void theQueryKeepsItsForm(RunRequest request) {
        assertThat(QUERY.rendered(new QueryValues(request.runDate(), request.upId(), 5)))
                .matches("SELECT 1 WHERE a = \\d+ AND b = DATE '\\d{4}-\\d\\d-\\d\\d' AND c <= 5");
    }

    private static void theMailKeepsItsHeaders(RunRequest request) throws Exception {
        Path folder = Files.createTempDirectory("mail");
        try {
            Notification notification = new Notification(
                    request.runId(),
                    "COMMITTED",
                    Instant.EPOCH,
                    "done: " + request.runId(),
                    "<b>text</b>",
                    Map.of(),
                    request.email());
            Path file = new FolderMailbox(folder).send(notification);
            try (InputStream in = Files.newInputStream(file)) {
                MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()), in);
                List<String> names = new ArrayList<>();
                Collections.list(mail.getAllHeaders()).forEach(header -> names.add(header.getName()));
                assertThat(names)
                        .containsExactlyInAnyOrder(
                                "Date",
                                "From",
                                "To",
                                "Message-ID",
                                "Subject",
                                "MIME-Version",
                                "Content-Type",
                                "Content-Transfer-Encoding",
                                "Auto-Submitted");
                assertThat(mail.getAllRecipients()).hasSize(1);
                assertThat(mail.getContentType()).startsWith("text/plain");
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Provide
    Arbitrary<String> fields() {
        return Arbitraries.of(FIELDS);
    }

    /** Sound values with pieces of every language that they could end up in. */
    @Provide
    Arbitrary<String> values() {
        Arbitrary<String> sound = Arbitraries.of("2025-09-26", "manual-001", "user@example.com", "7168", "");
        Arbitrary<String> evil = Arbitraries.of(
                "'",
                "\"",
                ";",
                "--",
                "/*",
                "$$",
                "' OR 1=1 --",
                "../",
                "/",
                "\\",
                "..",
                "%2e%2e/",
                "\u0000",
                "\n",
                "\r\n",
                "\r\nBcc: eve@example.com",
                "\nSubject: x",
                ",eve@example.com",
                "<script>",
                "${7*7}",
                "{{7*7}}",
                "=cmd|' /C calc'!A0",
                "{\"level\":\"ERROR\"}",
                "\u2028",
                "\u202e",
                "a b",
                "*",
                "?",
                "\uFEFF",
                "trust_scoring/",
                "{UP_ID}",
                ":up_id",
                "\ud83d\ude00");
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(6);
        return Combinators.combine(
                        Arbitraries.oneOf(evil, any, Arbitraries.just("")),
                        sound,
                        Arbitraries.oneOf(evil, any, Arbitraries.just("")))
                .as((before, middle, after) -> before + middle + after);
    }
}
