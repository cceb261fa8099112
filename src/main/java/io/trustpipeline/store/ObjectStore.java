package io.trustpipeline.store;

import io.trustpipeline.store.PutResult.Created;
import io.trustpipeline.store.PutResult.Exists;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import static io.trustpipeline.store.StoreException.Kind.CONFLICT;
import static io.trustpipeline.store.StoreException.Kind.REFUSED;

/**
 * One bucket's objects. Nothing is ever overwritten blindly: an object is created if its key is free, or moved forward
 * from an ETag that the caller has seen. Every write carries its SHA-256, which S3 checks on arrival and which stays
 * with the object as metadata {@code sha256}.
 *
 * <p>Writes go to keys below one prefix; others are refused. Thread-safe. Does not own the client. Every method throws
 * {@link StoreException}.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html">Conditional writes</a>
 */
public final class ObjectStore {
    /** Larger files go up in parts. A part is what a retry repeats, and must arrive within the attempt's timeout. */
    private static final int PART_SIZE = 32 << 20;

    private final S3Client client;
    private final String bucket;
    private final KeyGuard guard;
    private final int partSize;

    /** @param prefix below which keys may be written; ends with a slash, or is empty for the whole bucket */
    public ObjectStore(S3Client client, String bucket, String prefix) {
        this(client, bucket, prefix, PART_SIZE);
    }

    ObjectStore(S3Client client, String bucket, String prefix, int partSize) {
        this.client = client;
        this.bucket = bucket;
        this.guard = new KeyGuard(bucket, prefix);
        this.partSize = partSize;
    }

    public String bucket() {
        return bucket;
    }

    /** Refuses a key that this store would not write, for callers that write by other means. */
    public void requireWritable(String key) {
        guard.writable(key);
    }

    /** Creates an object of these bytes, unless the key is taken. */
    public PutResult putIfAbsent(String key, byte[] bytes) {
        guard.writable(key);
        return put(key, Digest.of(bytes), RequestBody.fromBytes(bytes));
    }

    /** Creates an object of this file's bytes, unless the key is taken. The file must not change meanwhile. */
    public PutResult putIfAbsent(String key, Path file) {
        guard.writable(key);
        try {
            long size = Files.size(file);
            Digest digest = Digest.of(file);
            if (size <= partSize) {
                return put(key, digest, RequestBody.fromFile(file));
            }
            ConditionalWrite creation = new ConditionalWrite(client, bucket, key, digest, null);
            MultipartUpload upload = new MultipartUpload(client, bucket, key);
            return create(key, creation, () -> upload.send(file, size, partSize, creation.metadata()));
        } catch (IOException | UncheckedIOException unreadable) {
            throw new StoreException(REFUSED, "Could not read " + file + ": " + unreadable, unreadable);
        }
    }

    private PutResult put(String key, Digest digest, RequestBody body) {
        ConditionalWrite creation = new ConditionalWrite(client, bucket, key, digest, null);
        PutObjectRequest request =
                request(key, digest, creation).ifNoneMatch("*").build();
        return create(key, creation, () -> client.putObject(request, body).eTag());
    }

    private PutObjectRequest.Builder request(String key, Digest digest, ConditionalWrite write) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(key)
                .checksumSHA256(digest.base64())
                .contentType(key.endsWith(".html") ? "text/html; charset=utf-8" : null)
                .metadata(write.metadata());
    }

    private PutResult create(String key, ConditionalWrite creation, Supplier<String> write) {
        Optional<String> created = calling("write", key, () -> creation.run(write));
        return created.<PutResult>map(Created::new).orElseGet(() -> {
            ObjectHead winner = head(key)
                    .orElseThrow(() -> new StoreException(
                            CONFLICT,
                            "Could not write " + Faults.name(bucket, key) + ": it was created and deleted meanwhile"));
            return new Exists(winner.etag(), winner.sha256());
        });
    }

    /**
     * Replaces an object that nobody has changed since it was read.
     *
     * @param expectedEtag of {@link StoredBytes} or of the last write
     * @return the new ETag; empty when the object is no longer the expected one, or gone
     */
    public Optional<String> compareAndSet(String key, String expectedEtag, byte[] bytes) {
        return replace(key, expectedEtag, Digest.of(bytes), RequestBody.fromBytes(bytes));
    }

    /** The same with the bytes of a file, of 5 GiB at most, which is streamed. */
    public Optional<String> compareAndSet(String key, String expectedEtag, Path file) {
        try {
            return replace(key, expectedEtag, Digest.of(file), RequestBody.fromFile(file));
        } catch (IOException | UncheckedIOException unreadable) {
            throw new StoreException(REFUSED, "Could not read " + file + ": " + unreadable, unreadable);
        }
    }

    private Optional<String> replace(String key, String expectedEtag, Digest digest, RequestBody body) {
        guard.writable(key);
        ConditionalWrite replacement = new ConditionalWrite(client, bucket, key, digest, expectedEtag);
        PutObjectRequest request =
                request(key, digest, replacement).ifMatch(expectedEtag).build();
        return calling(
                "write",
                key,
                () -> replacement.run(() -> client.putObject(request, body).eTag()));
    }

    /**
     * Removes an object, unless it is gone or another than the one that was read.
     *
     * @param expectedEtag empty where the storage has none: then whatever is there is removed
     */
    public void delete(String key, String expectedEtag) {
        guard.writable(key);
        try {
            calling(
                    "delete",
                    key,
                    () -> client.deleteObject(delete -> {
                        delete.bucket(bucket).key(key);
                        if (!expectedEtag.isEmpty()) {
                            delete.ifMatch(expectedEtag);
                        }
                    }));
        } catch (NoSuchKeyException gone) {
            // As it should be.
        } catch (StoreException failed) {
            if (failed.kind() != CONFLICT) {
                throw failed;
            }
        }
    }

    /** Whether the key is taken. */
    public boolean exists(String key) {
        return head(key).isPresent();
    }

    /** What is known of an object, without reading it; empty when there is none. */
    public Optional<ObjectHead> head(String key) {
        try {
            HeadObjectResponse found = calling(
                    "look up",
                    key,
                    () -> client.headObject(head -> head.bucket(bucket).key(key)));
            return Optional.of(new ObjectHead(
                    key,
                    found.contentLength(),
                    etag(found.eTag()),
                    found.lastModified(),
                    Optional.ofNullable(found.metadata().get(ConditionalWrite.SHA256))));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
    }

    /**
     * Reads a small object whole; empty when there is none. Use {@link #downloadTo} for anything that can be large:
     * more than 64 MiB is refused.
     */
    public Optional<StoredBytes> get(String key) {
        return reading(key).bytes();
    }

    /** The bytes of a small object that must be there. */
    public byte[] getBytes(String key) {
        return get(key).orElseThrow(() -> new StoreException(REFUSED, Faults.name(bucket, key) + " is not there"))
                .bytes();
    }

    /**
     * Streams an object into a file, replacing it, and checks the bytes against the digest recorded with the object.
     * A broken transfer starts again. When this throws, the file is gone.
     *
     * @return empty when there is no such object
     */
    public Optional<Download> downloadTo(String key, Path file) {
        return reading(key).to(file);
    }

    private ObjectRead reading(String key) {
        return new ObjectRead(client, bucket, key);
    }

    /**
     * The objects whose keys start with this prefix, in key order. Pages of 1,000 are fetched while the stream is
     * consumed, so that it may throw {@link StoreException} then.
     */
    public Stream<ObjectEntry> list(String prefix) {
        return Listing.of(client, bucket, prefix);
    }

    /** Calls S3; absent keys stay the SDK's exception, all else becomes ours. */
    private <T> T calling(String attempt, String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (NoSuchKeyException absent) {
            throw absent;
        } catch (SdkException failed) {
            throw Faults.of(attempt, client, Faults.name(bucket, key), failed);
        }
    }

    static String etag(@Nullable String etag) {
        return Objects.requireNonNullElse(etag, "");
    }
}
