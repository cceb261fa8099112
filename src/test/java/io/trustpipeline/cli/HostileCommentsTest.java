package io.trustpipeline.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Comments and keys that would like to be something else: markup, formulas, SQL, paths, log lines. */
class HostileCommentsTest {
    private static final List<String> KEYS = List.of(
            "=HYPERLINK(\"\"http://x\"\")",
            "'; DROP TABLE raw_row; --",
            "../../../etc/passwd",
            "<script>alert(1)</script>",
            "@SUM(1)",
            "-2+3",
            "a\nb");
    private static final String TEXT = "=cmd|' /C calc'!A0 <img src=x onerror=alert(1)> The nurse was very kind to me.";

    @TempDir
    Path folder;

    @Test
    void a_run_takes_them_for_what_they_are_and_tells_nobody_what_they_say() throws Exception {
        Path home = folder.resolve("home");
        Path models = SmallData.models(folder.resolve("models"));
        Invocation run = Invocation.of(SmallData.arguments(home, comments(), models, "--run-id", "hostile"));
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(Invocation.manifest(home, "hostile").at("/rows/scored").asInt())
                .isEqualTo(KEYS.size());
        assertThat(Invocation.of("verify", "hostile", "--home", home.toString()).status())
                .isZero();
        for (String key : KEYS) {
            String asRead = key.replace("\"\"", "\"");
            assertThat(Invocation.of("explain", "--home", home.toString(), "--", asRead)
                            .out())
                    .as(asRead)
                    .contains("scored for Respect on ");
        }
        try (Stream<Path> files = Stream.concat(Files.list(home.resolve("logs")), Files.list(home.resolve("outbox")))) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).doesNotContain("onerror", "<script>", "DROP TABLE", "HYPERLINK");
            }
        }
        assertThat(Files.readString(home.resolve("outbox/hostile-COMMITTED.eml")))
                .contains("Content-Type: text/plain");
    }

    @Test
    void in_a_csv_file_they_are_text_and_no_formula() throws Exception {
        Path models = SmallData.models(folder.resolve("models"));
        Path out = folder.resolve("spans.csv");
        Invocation scored = Invocation.of(
                "score",
                "--models",
                models.toString(),
                "--in",
                comments().toString(),
                "--out",
                out.toString(),
                "--all-candidates",
                "--home",
                folder.resolve("home").toString());
        assertThat(scored.status()).as(scored.err()).isZero();
        String csv = Files.readString(out);
        assertThat(csv).contains("'@SUM(1),", "\"'=HYPERLINK(", "'-2+3,", ",'=cmd|' /C calc'");
        assertThat(csv).doesNotContainPattern("(?m)(^|,)\"?[=+@]").doesNotContainPattern("(?m)(^|,)\"?-[^0-9.]");
    }

    private Path comments() throws Exception {
        StringBuilder csv = new StringBuilder("comment_unique_key,up_id,posted_date,cleaned_comment\n");
        for (int i = 0; i < KEYS.size(); i++) {
            csv.append('"')
                    .append(KEYS.get(i))
                    .append("\",7168,2025-09-0")
                    .append(i + 1)
                    .append(",\"")
                    .append(TEXT)
                    .append(' ')
                    .append(i)
                    .append("\"\n");
        }
        return Files.writeString(folder.resolve("comments.csv"), csv);
    }
}
