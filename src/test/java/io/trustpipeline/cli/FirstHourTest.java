package io.trustpipeline.cli;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code docs/first-hour.md} asks a newcomer to paste, pasted. */
@Tag("slow")
class FirstHourTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path clone;

    @Test
    void every_command_of_the_first_hour_does_what_the_page_says() throws Exception {
        prepare();
        Path script = clone.resolve("hour.sh");
        Files.writeString(script, "set -euo pipefail\nset -x\n" + String.join("\n", blocks()));
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .directory(clone.toFile())
                .redirectErrorStream(true);
        bash.environment().keySet().removeIf(name -> name.startsWith("TRUST_") || name.startsWith("AWS_"));
        Process process = bash.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said)
                .contains("Any tool that reads Parquet opens the spans:")
                .contains("already scored 0 (found in no earlier run), scored 3 now")
                .contains("rejected 0, empty 1")
                .contains("comment 1002")
                .contains("the food was [absolutely terrible].")
                .contains("run mine: every object, count and ledger row is as its manifest says")
                .contains("run kindness, theme Kindness at 0.95:")
                .contains("Some that would be gone, nearest the threshold first:");
        assertThat(clone.resolve("hour/s3/trust-pipeline/trust_scoring/runs/mine/report.html"))
                .content()
                .contains("<h1>Run mine</h1>");
        assertThat(clone.resolve("notes/runs.txt")).hasContent("run noted is NOTIFIED");
    }

    /** What a clone has, with a launcher that needs no build. */
    private void prepare() throws IOException {
        Files.createSymbolicLink(clone.resolve("demo"), SmallData.PROJECT.resolve("demo"));
        Files.createSymbolicLink(clone.resolve("src"), SmallData.PROJECT.resolve("src"));
        List<String> command = new ArrayList<>(
                ProgramProcess.command(SharedClasses.options(), SharedClasses.path(), TrustPipeline.class));
        command.replaceAll(word -> "'" + word.replace("'", "'\\''") + "'");
        Path launcher = clone.resolve("trust-pipeline");
        Files.writeString(launcher, "#!/usr/bin/env bash\nexec " + String.join(" ", command) + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static List<String> blocks() throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(SmallData.PROJECT.resolve("docs/first-hour.md")));
        List<String> found = new ArrayList<>();
        while (blocks.find()) {
            found.add(blocks.group(1));
        }
        return found;
    }
}
