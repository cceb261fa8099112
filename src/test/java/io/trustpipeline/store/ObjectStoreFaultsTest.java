package io.trustpipeline.store;

import io.trustpipeline.store.PutResult.Created;
import io.trustpipeline.store.PutResult.Exists;
import io.trustpipeline.store.StoreException.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

import static io.trustpipeline.store.StoreException.Kind.CONFLICT;
import static io.trustpipeline.store.StoreException.Kind.REFUSED;
import static io.trustpipeline.store.StoreException.Kind.UNAVAILABLE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Against a scripted peer that speaks just enough S3 to answer what a healthy server never does. */
class ObjectStoreFaultsTest {
    private static final String KEY = "trust_scoring/x";

    @TempDir
    Path files;

    private ScriptedS3 s3;
    private S3Client client;
    private ObjectStore store;

    @BeforeEach
    void start() throws IOException {
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        s3 = new ScriptedS3();
        client = S3Clients.of("eu-west-2", s3.endpoint());
        store = new ObjectStore(client, "data", "trust_scoring/");
    }

    @AfterEach
    void stop() {
        client.close();
        s3.close();
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
    }

    @Test
    void a_409_is_tried_again_until_s3_decides() {
        s3.answerNextPuts(409, "ConditionalRequestConflict", 2);

        assertThat(store.putIfAbsent(KEY, bytes("x"))).isInstanceOf(Created.class);
        assertThat(s3.puts()).isEqualTo(3);
    }

    @Test
    void endless_409s_end_as_a_conflict() {
        s3.answerNextPuts(409, "ConditionalRequestConflict", Integer.MAX_VALUE);

        assertFails(CONFLICT, "Could not write s3://data/trust_scoring/x: 409 ConditionalRequestConflict, scripted");
        assertThat(s3.puts()).isEqualTo(6);
    }

    @Test
    void a_412_means_that_another_writer_won() {
        s3.store(KEY, bytes("theirs"));

        PutResult result = store.putIfAbsent(KEY, bytes("x"));

        assertThat(result).isInstanceOf(Exists.class);
        assertThat(s3.stored(KEY)).isEqualTo(bytes("theirs"));
    }

    @Test
    void a_creation_whose_answer_was_lost_is_recognised_as_ours() {
        s3.loseNextAnswers(1);

        assertThat(store.putIfAbsent(KEY, bytes("x"))).isInstanceOf(Created.class);
        assertThat(s3.puts()).as("the SDK repeated the request").isEqualTo(2);
        assertThat(s3.stored(KEY)).isEqualTo(bytes("x"));
    }

    @Test
    void a_replacement_whose_answer_was_lost_is_recognised_as_ours() {
        String etag = store.putIfAbsent(KEY, bytes("1")).etag();
        s3.loseNextAnswers(1);

        assertThat(store.compareAndSet(KEY, etag, bytes("2"))).isPresent();
        assertThat(s3.stored(KEY)).isEqualTo(bytes("2"));
    }

    @Test
    void a_write_whose_answers_are_all_lost_is_looked_up() {
        s3.loseNextAnswers(3);

        assertThat(store.putIfAbsent(KEY, bytes("x"))).isInstanceOf(Created.class);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, REFUSED, 1",
        "403, InvalidAccessKeyId, REFUSED, 1",
        "404, NoSuchBucket, REFUSED, 1",
        "301, PermanentRedirect, REFUSED, 1",
        "400, ExpiredToken, REFUSED, 1",
        "400, BadDigest, CORRUPT, 1",
        "503, SlowDown, UNAVAILABLE, 3",
        "500, InternalError, UNAVAILABLE, 3"
    })
    void every_answer_has_its_kind_and_only_those_worth_it_are_repeated(
            int status, String code, Kind kind, int attempts) {
        s3.answerNextPuts(status, code, Integer.MAX_VALUE);

        assertFails(kind, "Could not write s3://data/trust_scoring/x: " + status + " " + code + ", scripted");
        assertThat(s3.puts()).isEqualTo(attempts);
    }

    @Test
    void a_download_that_breaks_off_starts_again() {
        byte[] bytes = "comment ".repeat(50_000).getBytes(UTF_8);
        s3.store(KEY, bytes);
        s3.breakOffNextDownloads(2);

        Download download = store.downloadTo(KEY, files.resolve("copy")).orElseThrow();

        assertThat(download.sha256()).isEqualTo(Digest.of(bytes).hex());
        assertThat(files.resolve("copy")).hasBinaryContent(bytes);
    }

    @Test
    void a_download_that_always_breaks_off_leaves_no_file() {
        s3.store(KEY, new byte[400_000]);
        s3.breakOffNextDownloads(Integer.MAX_VALUE);

        assertThatThrownBy(() -> store.downloadTo(KEY, files.resolve("copy")))
                .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                        .isEqualTo(UNAVAILABLE))
                .hasMessageStartingWith("Could not read s3://data/trust_scoring/x");
        assertThat(files.resolve("copy")).doesNotExist();
    }

    @Test
    void an_object_too_large_for_memory_is_refused_unread() {
        s3.announceSize(65L << 20);
        s3.store(KEY, bytes("x"));

        assertThatThrownBy(() -> store.get(KEY))
                .hasMessage("s3://data/trust_scoring/x has 68157440 bytes, too many to read into memory");
    }

    @Test
    void nobody_listening_is_unavailable_and_named() {
        URI endpoint = s3.endpoint();
        s3.close();

        assertFails(
                UNAVAILABLE, "Could not write s3://data/trust_scoring/x, " + endpoint + " does not answer: Connection");
    }

    @Test
    void missing_credentials_are_refused() {
        System.clearProperty("aws.accessKeyId");
        System.setProperty("aws.disableEc2Metadata", "true");
        try {
            assertFails(REFUSED, "No AWS credentials to write s3://data/trust_scoring/x");
        } finally {
            System.clearProperty("aws.disableEc2Metadata");
        }
    }

    private void assertFails(Kind kind, String message) {
        assertThatThrownBy(() -> store.putIfAbsent(KEY, bytes("x")))
                .isInstanceOfSatisfying(StoreException.class, thrown -> assertThat(thrown.kind())
                        .isEqualTo(kind))
                .hasMessageStartingWith(message)
                .message()
                .doesNotContain("\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
