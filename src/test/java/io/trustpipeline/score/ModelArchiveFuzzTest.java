package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

class ModelArchiveFuzzTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1 << 20, 1 << 20, 20, 100);

    private static Path folder = Path.of("");
    private static byte[] sound = {};

    @BeforeContainer
    static void pack() throws IOException {
        folder = Files.createTempDirectory("fuzz");
        Path archive = folder.resolve("model.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.file("model-best/config.cfg", "[nlp]\n")
                    .longName(150)
                    .file("short", "x")
                    .file("model-best/é", "y");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
            in.transferTo(bytes);
        }
        sound = bytes.toByteArray();
    }

    @AfterContainer
    static void remove() throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Property(tries = 300)
    void whatever_an_archive_holds_it_is_unpacked_inside_or_refused(
            @ForAll @Size(max = 12) List<Integer> positions, @ForAll @Size(12) byte[] values) throws IOException {
        byte[] changed = sound.clone();
        for (int i = 0; i < positions.size(); i++) {
            changed[Math.floorMod(positions.get(i), 5 * 512)] = values[i];
        }
        Path archive = folder.resolve("model.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            out.write(changed);
        }

        try {
            new ModelCache(folder.resolve("cache"), LIMITS).unpacked(archive);
        } catch (PipelineException e) {
            assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED);
            assertThat(e.getMessage()).hasLineCount(1).startsWith(archive.toString());
        }
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).allMatch(path -> path.equals(archive) || path.endsWith("cache"));
        }
    }
}
