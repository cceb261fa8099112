package io.trustpipeline.store;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A process is killed while it writes 200 MB: the object is there whole or not at all, and nothing else is listed. */
@Tag("slow")
class KillTest {
    private static final String KEY = "trust_scoring/scored/run_id=r/part.parquet";
    private static final long SIZE = 200_000_000;

    @TempDir
    Path home;

    @TempDir
    Path files;

    /** Writes the file given, in one request or in parts of the size given. */
    static final class Writer {
        public static void main(String[] args) {
            HomeLock lock = HomeLock.acquire(Path.of(args[0]), Clock.systemUTC());
            EmbeddedS3 server = EmbeddedS3.start(lock, "comments");
            ObjectStore store =
                    new ObjectStore(S3Clients.of(server), "comments", "trust_scoring/", Integer.parseInt(args[2]));
            store.putIfAbsent(KEY, Path.of(args[1]));
            System.exit(0);
        }
    }

    @ParameterizedTest(name = "parts of {0} bytes, killed once {1} bytes are on the disk")
    @CsvSource({
        "2000000000, 1",
        "2000000000, 150000000",
        "32000000, 100000000",
        "32000000, 200000001",
        "32000000, 399999999"
    })
    void a_kill_leaves_the_object_whole_or_absent(int partSize, long killAt) throws Exception {
        Path file = files.resolve("large");
        try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(SIZE);
        }
        Process writer = ChildJvm.start(Writer.class, home.toString(), file.toString(), Integer.toString(partSize));
        while (writer.isAlive() && bytesIn(home.resolve("s3")) < killAt) {
            Thread.sleep(1);
        }
        writer.destroyForcibly().waitFor();

        Path object = home.resolve("s3/comments").resolve(KEY);
        if (Files.exists(object)) {
            assertThat(object).hasSize(SIZE);
        }
        try (HomeLock lock = HomeLock.acquire(home, Clock.systemUTC());
                EmbeddedS3 server = EmbeddedS3.start(lock, "comments");
                S3Client client = S3Clients.of(server)) {
            ObjectStore store = new ObjectStore(client, "comments", "trust_scoring/");
            assertThat(store.list("").map(ObjectEntry::key)).isSubsetOf(KEY);
            assertThat(store.exists(KEY)).isEqualTo(Files.exists(object));
            assertThat(bytesIn(home.resolve("s3"))).isEqualTo(Files.exists(object) ? SIZE : 0);
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.mapToLong(KillTest::size).sum();
        } catch (UncheckedIOException changing) {
            return 0;
        }
    }

    private static long size(Path path) {
        try {
            return Files.isRegularFile(path) ? Files.size(path) : 0;
        } catch (NoSuchFileException gone) {
            return 0;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
