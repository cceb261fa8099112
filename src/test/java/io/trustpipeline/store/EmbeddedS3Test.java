package io.trustpipeline.store;

import io.trustpipeline.store.PutResult.Created;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EmbeddedS3Test {
    private static final String BUCKET = "comments";

    @TempDir
    Path home;

    /** What a test does with a running server. */
    private interface Use {
        void with(EmbeddedS3 server, ObjectStore store) throws Exception;
    }

    private void serve(Use use) throws Exception {
        try (HomeLock lock = HomeLock.acquire(home, Clock.systemUTC());
                EmbeddedS3 server = EmbeddedS3.start(lock, BUCKET);
                S3Client client = S3Clients.of(server)) {
            use.with(server, new ObjectStore(client, BUCKET, "trust_scoring/"));
        }
    }

    @Test
    void objects_and_their_etags_outlive_the_server() throws Exception {
        String[] etag = new String[1];
        serve((server, store) ->
                etag[0] = store.putIfAbsent("trust_scoring/x", bytes("kept")).etag());

        serve((server, store) -> {
            assertThat(store.get("trust_scoring/x").orElseThrow().text()).isEqualTo("kept");
            assertThat(store.compareAndSet("trust_scoring/x", etag[0], bytes("moved")))
                    .isPresent();
        });
    }

    @Test
    void unfinished_files_of_a_killed_server_are_never_listed_and_gone_after_the_next_start() throws Exception {
        String unfinished = "part.parquet-" + UUID.randomUUID();
        serve((server, store) -> {
            Path folder = Files.createDirectories(server.folder().resolve("trust_scoring"));
            Files.writeString(folder.resolve("part.parquet"), "whole");
            Files.writeString(folder.resolve(unfinished), "hal");
            Path parts =
                    Files.createDirectories(server.folder().resolve(".mpus-" + UUID.randomUUID() + "-trust_scoring"));
            Files.writeString(parts.resolve("large-1"), "a part");

            assertThat(store.list("")).extracting(ObjectEntry::key).containsExactly("trust_scoring/part.parquet");
        });

        serve((server, store) -> {
            assertThat(server.folder().resolve("trust_scoring")).isDirectoryNotContaining("glob:**" + unfinished);
            assertThat(server.folder()).isDirectoryNotContaining("glob:**.mpus-*");
            assertThat(server.folder().resolve("trust_scoring/part.parquet")).hasContent("whole");
        });
    }

    @Test
    void a_name_kept_for_unfinished_files_cannot_be_an_object() throws Exception {
        serve((server, store) -> assertThatThrownBy(
                        () -> store.putIfAbsent("trust_scoring/x-" + UUID.randomUUID(), bytes("x")))
                .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                        .isEqualTo(StoreException.Kind.REFUSED))
                .hasMessageContaining("reserved for unfinished files"));
    }

    @Test
    void a_file_copied_into_the_folder_is_an_object_that_can_move_forward() throws Exception {
        Path folder = Files.createDirectories(home.resolve("s3/comments/trust_scoring"));
        Files.writeString(folder.resolve("manifest.json"), "{}");

        serve((server, store) -> {
            StoredBytes copied = store.get("trust_scoring/manifest.json").orElseThrow();
            assertThat(copied.etag()).isEqualTo("\"99914b932bd37a50b983c5e7c90ae93b\"");
            assertThat(store.compareAndSet("trust_scoring/manifest.json", "\"other\"", bytes("[]")))
                    .isEmpty();
            assertThat(store.compareAndSet("trust_scoring/manifest.json", copied.etag(), bytes("[]")))
                    .isPresent();
        });
    }

    @Test
    void only_the_credentials_of_this_start_are_accepted() throws Exception {
        serve((server, store) -> {
            AwsBasicCredentials guessed = AwsBasicCredentials.create(server.accessKey(), "guessed");
            try (S3Client client = S3Client.builder()
                    .endpointOverride(server.endpoint())
                    .forcePathStyle(true)
                    .region(Region.US_EAST_1)
                    .httpClientBuilder(ApacheHttpClient.builder())
                    .credentialsProvider(StaticCredentialsProvider.create(guessed))
                    .build()) {
                ObjectStore guessing = new ObjectStore(client, BUCKET, "trust_scoring/");
                assertThatThrownBy(() -> guessing.putIfAbsent("trust_scoring/x", bytes("x")))
                        .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                                .isEqualTo(StoreException.Kind.REFUSED))
                        .hasMessageStartingWith("Could not write s3://comments/trust_scoring/x: 403");
            }
            assertThat(store.exists("trust_scoring/x")).isFalse();
        });
    }

    @Test
    void it_listens_on_loopback_only() throws Exception {
        Optional<InetAddress> outside = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address instanceof Inet4Address)
                .findFirst();
        Assumptions.assumeTrue(outside.isPresent(), "skipped: no network");
        serve((server, store) -> {
            try (Socket socket = new Socket()) {
                InetSocketAddress address =
                        new InetSocketAddress(outside.get(), server.endpoint().getPort());
                assertThatThrownBy(() -> socket.connect(address, 1_000)).isInstanceOf(IOException.class);
            }
        });
    }

    @Test
    void a_server_that_is_gone_is_unavailable_and_named() throws Exception {
        serve((server, store) -> {
            server.close();

            assertThatThrownBy(() -> store.putIfAbsent("trust_scoring/x", bytes("x")))
                    .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                            .isEqualTo(StoreException.Kind.UNAVAILABLE))
                    .hasMessageStartingWith("Could not write s3://comments/trust_scoring/x, " + server.endpoint()
                            + " does not answer: ");
            assertThatThrownBy(() -> store.list("trust_scoring/").toList()).hasMessageContaining("does not answer");
        });
    }

    @Test
    void a_file_system_without_extended_attributes_is_recognised() throws Exception {
        assertThat(FolderSweep.possibleIn(home)).isTrue();
        try (FileSystem zip = FileSystems.newFileSystem(home.resolve("a.zip"), Map.of("create", "true"))) {
            assertThat(FolderSweep.possibleIn(zip.getPath("/"))).isFalse();
        }
    }

    @Test
    void a_full_disk_is_answered_as_such_and_leaves_no_half_object() throws Exception {
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", home.toString()),
                "skipped: cannot mount a small disk");
        try {
            serve((server, store) -> {
                assertThat(store.putIfAbsent("trust_scoring/fits", new byte[1 << 20]))
                        .isInstanceOf(Created.class);

                assertThatThrownBy(() -> store.putIfAbsent("trust_scoring/too-large", new byte[8 << 20]))
                        .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                                .isEqualTo(StoreException.Kind.UNAVAILABLE))
                        .hasMessageContaining("No space left");

                assertThat(store.list("trust_scoring/")).hasSize(1);
                assertThat(server.folder().resolve("trust_scoring")).isDirectoryNotContaining("glob:**too-large*");
                assertThat(store.putIfAbsent("trust_scoring/fits-too", new byte[1 << 20]))
                        .isInstanceOf(Created.class);
            });
        } finally {
            assertThat(run("umount", home.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
