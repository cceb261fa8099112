package io.trustpipeline.store;

import io.trustpipeline.store.PutResult.Created;
import io.trustpipeline.store.PutResult.Exists;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against the embedded S3, over HTTP. */
class ObjectStoreTest {
    private static final String BUCKET = "comments";
    private static final int WRITERS = 8;

    @TempDir
    static Path home;

    @TempDir
    Path files;

    private static HomeLock lock;
    private static EmbeddedS3 server;
    private static S3Client client;
    private static ObjectStore store;

    @BeforeAll
    static void start() {
        lock = HomeLock.acquire(home, Clock.systemUTC());
        server = EmbeddedS3.start(lock, BUCKET);
        client = S3Clients.of(server);
        store = new ObjectStore(client, BUCKET, "trust_scoring/", 5 << 20);
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        lock.close();
    }

    @Test
    void what_is_put_comes_back_and_is_a_plain_file() throws IOException {
        PutResult result = store.putIfAbsent("trust_scoring/a/part.parquet", bytes("hello"));

        assertThat(result).isInstanceOf(Created.class);
        StoredBytes read = store.get("trust_scoring/a/part.parquet").orElseThrow();
        assertThat(read.text()).isEqualTo("hello");
        assertThat(read.etag()).isEqualTo(result.etag());
        assertThat(server.folder().resolve("trust_scoring/a/part.parquet")).hasContent("hello");
    }

    @Test
    void a_taken_key_keeps_its_first_bytes() {
        Created created = (Created) store.putIfAbsent("trust_scoring/taken", bytes("first"));

        PutResult second = store.putIfAbsent("trust_scoring/taken", bytes("second"));

        assertThat(second)
                .isEqualTo(new Exists(
                        created.etag(), Optional.of(Digest.of(bytes("first")).hex())));
        assertThat(store.getBytes("trust_scoring/taken")).isEqualTo(bytes("first"));
    }

    @Test
    void the_same_bytes_by_another_writer_are_still_another_writers() {
        store.putIfAbsent("trust_scoring/claim", bytes("same"));

        assertThat(store.putIfAbsent("trust_scoring/claim", bytes("same"))).isInstanceOf(Exists.class);
    }

    @Test
    void of_eight_writers_one_creates_the_object() throws Exception {
        List<PutResult> results =
                together(writer -> () -> store.putIfAbsent("trust_scoring/race", bytes("writer " + writer)));

        assertThat(results).filteredOn(result -> result instanceof Created).hasSize(1);
        assertThat(results)
                .extracting(PutResult::etag)
                .containsOnly(results.get(0).etag());
    }

    @Test
    void of_eight_writers_that_saw_one_state_one_moves_it_forward() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "trust_scoring/manifest-" + round;
            String seen = store.putIfAbsent(key, bytes("state 0")).etag();

            List<Optional<String>> results =
                    together(writer -> () -> store.compareAndSet(key, seen, bytes("state by " + writer)));

            assertThat(results).filteredOn(Optional::isPresent).hasSize(1);
        }
    }

    @Test
    void an_object_moves_forward_only_from_its_current_state() {
        String first = store.putIfAbsent("trust_scoring/manifest", bytes("1")).etag();
        String second =
                store.compareAndSet("trust_scoring/manifest", first, bytes("2")).orElseThrow();

        assertThat(store.compareAndSet("trust_scoring/manifest", first, bytes("3")))
                .isEmpty();
        assertThat(store.compareAndSet("trust_scoring/manifest", second, bytes("3")))
                .isPresent();
        assertThat(store.compareAndSet("trust_scoring/absent", second, bytes("3")))
                .isEmpty();
        assertThat(store.getBytes("trust_scoring/manifest")).isEqualTo(bytes("3"));
    }

    @Test
    void a_large_file_goes_up_in_parts_and_comes_back_whole() throws IOException {
        Path file = randomFile(13_000_001);

        PutResult result = store.putIfAbsent("trust_scoring/large", file);

        assertThat(result).isInstanceOf(Created.class);
        assertThat(result.etag()).endsWith("-3\"");
        Path copy = files.resolve("copy");
        Download download = store.downloadTo("trust_scoring/large", copy).orElseThrow();
        assertThat(copy).hasSameBinaryContentAs(file);
        assertThat(download).isEqualTo(new Download(13_000_001, Digest.of(file).hex(), result.etag()));
        assertThat(store.head("trust_scoring/large").orElseThrow().sha256()).contains(download.sha256());
    }

    @Test
    void a_large_file_does_not_replace_an_object_and_leaves_no_parts() throws IOException {
        store.putIfAbsent("trust_scoring/large-taken", bytes("first"));

        PutResult result = store.putIfAbsent("trust_scoring/large-taken", randomFile(6_000_000));

        assertThat(result).isInstanceOf(Exists.class);
        assertThat(store.getBytes("trust_scoring/large-taken")).isEqualTo(bytes("first"));
        assertThat(client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
                .isEmpty();
    }

    @Test
    void of_eight_large_uploads_one_creates_the_object() throws Exception {
        Path file = randomFile(5_500_000);

        List<PutResult> results = together(writer -> () -> store.putIfAbsent("trust_scoring/large-race", file));

        assertThat(results).filteredOn(result -> result instanceof Created).hasSize(1);
        assertThat(client.listMultipartUploads(list -> list.bucket(BUCKET)).uploads())
                .isEmpty();
    }

    @Test
    void an_empty_object_is_an_object() throws IOException {
        Path empty = Files.createFile(files.resolve("empty"));

        assertThat(store.putIfAbsent("trust_scoring/empty", empty)).isInstanceOf(Created.class);

        assertThat(store.head("trust_scoring/empty").orElseThrow().size()).isZero();
        assertThat(store.exists("trust_scoring/empty")).isTrue();
    }

    @Test
    void what_is_not_there_is_not_an_error() {
        assertThat(store.get("trust_scoring/none")).isEmpty();
        assertThat(store.head("trust_scoring/none")).isEmpty();
        assertThat(store.exists("trust_scoring/none")).isFalse();
        assertThat(store.downloadTo("trust_scoring/none", files.resolve("none")))
                .isEmpty();
        assertThat(files.resolve("none")).doesNotExist();
        assertThat(store.list("trust_scoring/none/")).isEmpty();
        assertThatThrownBy(() -> store.getBytes("trust_scoring/none"))
                .hasMessage("s3://comments/trust_scoring/none is not there");
    }

    @Test
    void more_than_a_page_of_objects_is_listed_in_order_and_page_by_page() throws IOException {
        Path folder = Files.createDirectories(server.folder().resolve("trust_scoring/many"));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 2_100; i++) {
            String name = "batch_%04d.parquet".formatted(i);
            Files.writeString(folder.resolve(name), "x".repeat(i % 7));
            keys.add("trust_scoring/many/" + name);
        }

        assertThat(store.list("trust_scoring/many/"))
                .extracting(ObjectEntry::key)
                .containsExactlyElementsOf(keys);
        assertThat(store.list("trust_scoring/many/batch_20"))
                .hasSize(100)
                .extracting(ObjectEntry::size)
                .startsWith(5L, 6L, 0L);

        Iterator<ObjectEntry> reading = store.list("trust_scoring/many/").iterator();
        reading.next();
        Files.delete(folder.resolve("batch_2099.parquet"));
        int left = 0;
        for (; reading.hasNext(); left++) {
            reading.next();
        }
        assertThat(left).as("the last page was fetched after the deletion").isEqualTo(2_098);
    }

    @Test
    void a_damaged_object_is_not_handed_out() throws IOException {
        store.putIfAbsent("trust_scoring/damaged", bytes("what was written"));
        Files.writeString(server.folder().resolve("trust_scoring/damaged"), "what was wriTTen");
        Path copy = files.resolve("copy");

        assertThatThrownBy(() -> store.downloadTo("trust_scoring/damaged", copy))
                .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                        .isEqualTo(StoreException.Kind.CORRUPT))
                .hasMessageStartingWith("s3://comments/trust_scoring/damaged is damaged");
        assertThat(copy).doesNotExist();
        assertThatThrownBy(() -> store.get("trust_scoring/damaged")).hasMessageContaining("is damaged");
    }

    @Test
    void a_key_outside_the_prefix_is_refused_and_nothing_is_written() {
        assertThatThrownBy(() -> store.putIfAbsent("elsewhere/x", bytes("x")))
                .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                        .isEqualTo(StoreException.Kind.REFUSED))
                .hasMessage(
                        "Refused to write s3://comments/elsewhere/x: only keys below trust_scoring/ may be written");
        assertThatThrownBy(() -> store.putIfAbsent("trust_scoring/../x", files)).hasMessageContaining("Refused");
        assertThatThrownBy(() -> store.compareAndSet("elsewhere/x", "\"e\"", bytes("x")))
                .hasMessageContaining("Refused");
        assertThat(server.folder().resolve("elsewhere")).doesNotExist();
        assertThat(server.folder().resolve("x")).doesNotExist();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private Path randomFile(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return Files.write(files.resolve("random"), bytes);
    }

    private interface Writer<T> {
        Callable<T> number(int writer);
    }

    /** Runs eight writers that start at the same moment. */
    private static <T> List<T> together(Writer<T> writers) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try {
            CyclicBarrier start = new CyclicBarrier(WRITERS);
            List<Future<T>> running = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Callable<T> write = writers.number(writer);
                running.add(threads.submit(() -> {
                    start.await();
                    return write.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
