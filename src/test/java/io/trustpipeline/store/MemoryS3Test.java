package io.trustpipeline.store;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** The same calls to the store give the same answers, whether the embedded S3 server or the double in memory is below. */
class MemoryS3Test {
    private static final String KEY = "trust_scoring/runs/r/a.json";

    @TempDir
    Path folder;

    @Test
    void every_answer_is_that_of_the_embedded_server() throws Exception {
        List<String> expected;
        try (HomeLock lock = HomeLock.acquire(folder.resolve("home"), Clock.systemUTC());
                EmbeddedS3 server = EmbeddedS3.start(lock, "bucket-1");
                S3Client client = S3Clients.of(server)) {
            expected = answers(new ObjectStore(client, "bucket-1", "trust_scoring/"));
        }
        assertThat(answers(new ObjectStore(new MemoryS3(), "bucket-1", "trust_scoring/")))
                .isEqualTo(expected)
                .hasSizeGreaterThan(20);
    }

    private List<String> answers(ObjectStore store) throws Exception {
        List<String> answers = new ArrayList<>();
        answers.add("absent " + store.get(KEY).isPresent() + store.head(KEY).isPresent() + store.exists(KEY));
        answers.add("absent file " + store.downloadTo(KEY, folder.resolve("absent")));
        PutResult created = store.putIfAbsent(KEY, "one".getBytes(UTF_8));
        answers.add("created " + (created instanceof PutResult.Created));
        PutResult taken = store.putIfAbsent(KEY, "two".getBytes(UTF_8));
        answers.add("taken " + (taken instanceof PutResult.Exists));
        answers.add("winner " + ((PutResult.Exists) taken).sha256());
        answers.add("same etag " + ((PutResult.Exists) taken).etag().equals(((PutResult.Created) created).etag()));
        answers.add("kept " + new String(store.getBytes(KEY), UTF_8));
        String etag = store.get(KEY).orElseThrow().etag();
        Optional<String> moved = store.compareAndSet(KEY, etag, "three".getBytes(UTF_8));
        answers.add("moved " + moved.isPresent() + " " + new String(store.getBytes(KEY), UTF_8));
        answers.add("other etag " + !moved.orElseThrow().equals(etag));
        answers.add("old etag " + store.compareAndSet(KEY, etag, "four".getBytes(UTF_8)));
        answers.add("no object " + store.compareAndSet(KEY + "x", etag, "four".getBytes(UTF_8)));
        answers.add("still " + new String(store.getBytes(KEY), UTF_8));
        Path file = Files.writeString(folder.resolve("file"), "from a file");
        store.putIfAbsent("trust_scoring/runs/r/b/c.parquet", file);
        Download download = store.downloadTo("trust_scoring/runs/r/b/c.parquet", folder.resolve("back"))
                .orElseThrow();
        answers.add("back " + download.size() + download.sha256() + Files.readString(folder.resolve("back")));
        ObjectHead head = store.head("trust_scoring/runs/r/b/c.parquet").orElseThrow();
        answers.add("head " + head.size() + head.sha256());
        for (int i = 0; i < 3; i++) {
            store.putIfAbsent("trust_scoring/runs/r/B%d.json".formatted(i), new byte[i]);
        }
        for (String prefix : List.of("", "trust_scoring/runs/r/", "trust_scoring/runs/r/B", "trust_scoring/none/")) {
            try (Stream<ObjectEntry> entries = store.list(prefix)) {
                entries.forEach(entry -> answers.add("in " + prefix + ": " + entry.key() + " " + entry.size()));
            }
        }
        store.delete(KEY, etag);
        answers.add("of another etag " + store.exists(KEY));
        store.delete(KEY, moved.orElseThrow());
        store.delete(KEY, etag);
        answers.add("deleted " + store.exists(KEY));
        return answers;
    }
}
