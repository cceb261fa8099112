package io.trustpipeline.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FolderS3Test {
    private static final String BUCKET = "comments";
    private static final int MORE_THAN_A_PAGE = 1_100;

    @TempDir
    Path home;

    @Test
    void it_says_what_the_server_says_and_denies_every_write() throws Exception {
        try (HomeLock lock = HomeLock.acquire(home, Clock.systemUTC());
                EmbeddedS3 server = EmbeddedS3.start(lock, BUCKET);
                S3Client served = S3Clients.of(server);
                S3Client read = FolderS3.of(home, BUCKET)) {
            ObjectStore store = new ObjectStore(served, BUCKET, "");
            ObjectStore folder = new ObjectStore(read, BUCKET, "");
            store.putIfAbsent("trust_scoring/x y/é.json", bytes("{}"));
            store.putIfAbsent("trust_scoring/x", bytes("seen"));
            Path copied = server.folder().resolve("trust_scoring/copied");
            Files.writeString(copied, "by hand");
            Path many = Files.createDirectories(server.folder().resolve("many"));
            for (int number = 0; number < MORE_THAN_A_PAGE; number++) {
                Files.createFile(many.resolve("part-" + number));
            }

            assertThat(folder.list("many/")).hasSize(MORE_THAN_A_PAGE);
            assertThat(folder.list("").toList()).isEqualTo(store.list("").toList());
            assertThat(folder.list("trust_scoring/x").toList())
                    .isEqualTo(store.list("trust_scoring/x").toList());
            assertThat(folder.list("nowhere/")).isEmpty();
            for (String key : List.of(
                    "trust_scoring/x", "trust_scoring/x y/é.json", "trust_scoring/copied", "trust_scoring/none")) {
                assertThat(folder.head(key)).isEqualTo(store.head(key));
                assertThat(folder.get(key).map(StoredBytes::text))
                        .isEqualTo(store.get(key).map(StoredBytes::text));
                assertThat(folder.downloadTo(key, home.resolve("read")))
                        .isEqualTo(store.downloadTo(key, home.resolve("served")));
            }

            String etag = folder.head("trust_scoring/x").orElseThrow().etag();
            assertDenied(() -> folder.putIfAbsent("trust_scoring/y", bytes("y")));
            assertDenied(() -> folder.compareAndSet("trust_scoring/x", etag, bytes("y")));
            assertDenied(() -> folder.delete("trust_scoring/x", etag));
            assertThat(store.getBytes("trust_scoring/x")).isEqualTo(bytes("seen"));
            assertThat(store.exists("trust_scoring/y")).isFalse();

            Files.writeString(server.folder().resolve("trust_scoring/x"), "damaged");
            assertThatThrownBy(() -> folder.get("trust_scoring/x")).hasMessageContaining("is damaged");
        }
    }

    @Test
    void a_home_without_a_store_has_nothing_to_read() {
        assertThatThrownBy(() -> FolderS3.of(home, BUCKET))
                .hasMessage("Nothing is stored in the folder " + home + " yet");
        assertThat(home).isEmptyDirectory();
    }

    private static void assertDenied(Runnable write) {
        assertThatThrownBy(write::run).isInstanceOf(StoreException.class).hasMessageContaining("for reading only");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
