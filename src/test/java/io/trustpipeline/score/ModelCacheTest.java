package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ModelCacheTest {
    private static final ArchiveLimits SMALL = new ArchiveLimits(40 << 20, 20 << 20, 50, 100);

    @TempDir
    Path folder;

    @Test
    void an_archive_is_unpacked_into_a_folder_named_after_its_digest() throws IOException {
        Path archive =
                Tar.of(folder.resolve("model.tar.gz"), "./model-best/config.cfg", "model-best/vocab/strings.json");

        Path unpacked = cache().unpacked(archive);

        assertThat(unpacked).isEqualTo(folder.resolve("cache").resolve(ModelDigest.ofFile(archive)));
        assertThat(unpacked.resolve("model-best/config.cfg")).hasContent("content of ./model-best/config.cfg");
        assertThat(unpacked.resolve("model-best/vocab/strings.json")).isRegularFile();
    }

    @Test
    void what_is_in_the_cache_is_not_unpacked_again() throws IOException {
        Path archive = Tar.of(folder.resolve("model.tar.gz"), "model-best/config.cfg");
        Path config = cache().unpacked(archive).resolve("model-best/config.cfg");
        Files.writeString(config, "as it was");

        cache().unpacked(archive);

        assertThat(config).hasContent("as it was");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "model/../../evil",
                "/evil",
                "a\\..\\..\\evil",
                "C:/evil",
                "..",
                "model/..",
                "bell\u0007"
            })
    void a_path_that_leaves_the_archive_is_refused_by_name(String name) throws IOException {
        Path archive = Tar.of(folder.resolve("model.tar.gz"), "model-best/config.cfg", name);

        refuses(archive, JsonFile.quoted(name));
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThat(folder.resolve("cache/evil")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({
        "2, symbolic link",
        "1, hard link",
        "3, device",
        "4, device",
        "6, pipe",
        "7, special entry",
        "S, sparse file",
    })
    void only_files_and_folders_are_taken(char kind, String called) throws IOException {
        Path archive = folder.resolve("model.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.file("model-best/config.cfg", "x").special("model-best/vocab", (byte) kind, "/etc");
        }

        refuses(archive, "\"model-best/vocab\" is a " + called);
    }

    @Test
    void a_file_below_a_link_never_lands_where_the_link_points() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path archive = folder.resolve("model.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.special("link", TarConstants.LF_SYMLINK, outside.toString()).file("link/evil", "x");
        }

        refuses(archive, "symbolic link");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void a_name_that_occurs_twice_or_lies_inside_a_file_is_refused() throws IOException {
        refuses(Tar.of(folder.resolve("twice.tar.gz"), "a/config.cfg", "a/./config.cfg"), "occurs twice");
        refuses(
                Tar.of(folder.resolve("inside.tar.gz"), "a", "a/b/config.cfg"),
                "\"a/b/config.cfg\" lies inside a file");
        refuses(Tar.of(folder.resolve("over.tar.gz"), "a/b", "a"), "\"a\" occurs twice");
        refuses(Tar.of(folder.resolve("long.tar.gz"), "n".repeat(300)), "too long");
    }

    @Test
    void a_bomb_is_stopped_before_it_fills_the_disk() throws IOException {
        Path archive = folder.resolve("bomb.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.zeros("model-best/model", 400 << 20);
        }
        ArchiveLimits roomy = new ArchiveLimits(1L << 40, 1L << 40, 50, 100);

        assertThatThrownBy(
                        () -> new ModelArchive(archive, Files.createDirectory(folder.resolve("out")), roomy).unpack())
                .hasMessageContaining("unpacks to more than 100 times its size")
                .hasMessageContaining(archive.toString());
        assertThat(bytesBelow(folder.resolve("out"))).isLessThan(64 << 20);
    }

    @Test
    void sizes_and_numbers_beyond_the_limits_are_refused() throws IOException {
        byte[] noise = new byte[21 << 20];
        new Random(1).nextBytes(noise);
        Path large = folder.resolve("large.tar.gz");
        try (Tar tar = new Tar(large)) {
            tar.file("model-best/model", noise);
        }
        Path many = folder.resolve("total.tar.gz");
        try (Tar tar = new Tar(many)) {
            byte[] part = Arrays.copyOf(noise, 15 << 20);
            tar.file("a", part).file("b", part).file("c", part);
        }

        refuses(large, "entry \"model-best/model\" unpacks to more than 20971520 bytes");
        refuses(many, "unpacks to more than 41943040 bytes");
        refuses(Tar.of(folder.resolve("entries.tar.gz"), names(51)), "more than 50 entries");
    }

    @Test
    void a_header_that_wants_to_be_kept_in_memory_is_refused() throws IOException {
        Path archive = folder.resolve("header.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.longName(3 << 20).file("model-best/config.cfg", "x");
        }

        refuses(archive, "header of an entry");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 100, 5_000, -9, -1})
    void an_archive_cut_short_anywhere_is_refused_and_named(int length) throws IOException {
        byte[] noise = new byte[20_000];
        new Random(2).nextBytes(noise);
        Path archive = folder.resolve("model.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.file("model-best/config.cfg", noise);
        }
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, Arrays.copyOf(whole, length < 0 ? whole.length + length : length));

        refuses(archive, "");
    }

    @Test
    void what_follows_the_last_entry_belongs_to_the_archive_and_does_no_harm() throws IOException {
        Path archive = Tar.of(folder.resolve("model.tar.gz"), "model-best/config.cfg");
        byte[] noise = new byte[300_000];
        new Random(6).nextBytes(noise);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive, StandardOpenOption.APPEND))) {
            out.write(noise);
        }

        assertThat(cache().unpacked(archive).resolve("model-best/config.cfg")).isRegularFile();
    }

    @Test
    void an_archive_with_a_flipped_bit_is_refused() throws IOException {
        byte[] noise = new byte[20_000];
        new Random(3).nextBytes(noise);
        Path archive = folder.resolve("model.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.file("model-best/config.cfg", noise);
        }
        byte[] whole = Files.readAllBytes(archive);
        whole[whole.length / 2] ^= 1;
        Files.write(archive, whole);

        refuses(archive, "");
    }

    @Test
    void what_is_no_archive_is_refused() throws IOException {
        Path text = Files.writeString(folder.resolve("model.tar.gz"), "<html>404</html>");
        Path empty = folder.resolve("empty.tar.gz");
        try (Tar tar = new Tar(empty)) {
            assertThat(tar).isNotNull();
        }
        Path zipped = folder.resolve("zipped.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write("just a text".repeat(200).getBytes());
        }

        refuses(text, "gzip");
        refuses(empty, "holds no entry");
        refuses(zipped, "");
        assertThatThrownBy(() -> cache().unpacked(folder.resolve("absent.tar.gz")))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("absent.tar.gz");
    }

    @Test
    void what_a_killed_process_left_behind_is_neither_used_nor_kept() throws IOException {
        Path archive = Tar.of(folder.resolve("model.tar.gz"), "model-best/config.cfg");
        Path partial = folder.resolve("cache").resolve(ModelDigest.ofFile(archive) + ".partial");
        Files.createDirectories(partial.resolve("model-last"));
        Files.writeString(partial.resolve("model-last/config.cfg"), "half");

        Path unpacked = cache().unpacked(archive);

        assertThat(unpacked.resolve("model-last")).doesNotExist();
        assertThat(unpacked.resolve("model-best/config.cfg")).isRegularFile();
        assertThat(partial).doesNotExist();
    }

    @Test
    void threads_and_processes_that_want_the_same_archive_all_get_it_whole() throws Exception {
        byte[] noise = new byte[4 << 20];
        new Random(4).nextBytes(noise);
        Path archive = folder.resolve("model.tar.gz");
        try (Tar tar = new Tar(archive)) {
            tar.file("model-best/model", noise).file("model-best/config.cfg", "x");
        }
        Process other = unpackInAnotherProcess(archive);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Path>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> cache().unpacked(archive)));
            }
            for (Future<Path> result : results) {
                assertThat(result.get().resolve("model-best/model")).hasBinaryContent(noise);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(other.waitFor()).isZero();
    }

    /** Ends with 0 when the unpacked model is whole. */
    public static void main(String[] arguments) throws IOException {
        Path unpacked = new ModelCache(Path.of(arguments[1]), SMALL).unpacked(Path.of(arguments[0]));
        System.exit(Files.size(unpacked.resolve("model-best/model")) == 4 << 20 ? 0 : 1);
    }

    private Process unpackInAnotherProcess(Path archive) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ModelCacheTest.class.getName(),
                        archive.toString(),
                        folder.resolve("cache").toString())
                .inheritIO()
                .start();
    }

    private void refuses(Path archive, String reason) {
        assertThatThrownBy(() -> cache().unpacked(archive))
                .isInstanceOfSatisfying(
                        PipelineException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA_REFUSED))
                .hasMessageStartingWith(archive + ": ")
                .hasMessageContaining(reason)
                .message()
                .hasLineCount(1);
        assertThat(folder.resolve("cache").toFile().list((parent, name) -> !Set.of(".lock", "digests")
                        .contains(name)))
                .as("nothing is left in the cache")
                .isEmpty();
    }

    private ModelCache cache() {
        return new ModelCache(folder.resolve("cache"), SMALL);
    }

    private static String[] names(int number) {
        String[] names = new String[number];
        Arrays.setAll(names, i -> "model-best/" + i);
        return names;
    }

    private static long bytesBelow(Path root) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }
}
