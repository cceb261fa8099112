package io.trustpipeline.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;

import static io.trustpipeline.store.StoreException.Kind.CORRUPT;
import static io.trustpipeline.store.StoreException.Kind.REFUSED;
import static io.trustpipeline.store.StoreException.Kind.UNAVAILABLE;

/** Reads one object, whole or into a file; a transfer that breaks in the middle, where the SDK cannot help, starts again. */
final class ObjectRead {
    private static final int LARGEST_IN_MEMORY = 64 << 20;
    private static final int ATTEMPTS = 3;

    private final S3Client client;
    private final String bucket;
    private final String key;

    ObjectRead(S3Client client, String bucket, String key) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
    }

    /** What is done with an open object. */
    @FunctionalInterface
    private interface Transfer<T> {
        T run(ResponseInputStream<GetObjectResponse> object) throws IOException;
    }

    Optional<StoredBytes> bytes() {
        return transfer(object -> {
            GetObjectResponse head = object.response();
            if (head.contentLength() > LARGEST_IN_MEMORY) {
                throw new StoreException(
                        REFUSED, name() + " has " + head.contentLength() + " bytes, too many to read into memory");
            }
            MessageDigest sha256 = Digest.sha256();
            byte[] bytes = new DigestInputStream(object, sha256).readAllBytes();
            check(head, Digest.of(sha256));
            return new StoredBytes(bytes, ObjectStore.etag(head.eTag()));
        });
    }

    Optional<Download> to(Path file) {
        try {
            return transfer(object -> {
                MessageDigest sha256 = Digest.sha256();
                long size;
                try (OutputStream out = Files.newOutputStream(file)) {
                    size = new DigestInputStream(object, sha256).transferTo(out);
                }
                Digest digest = Digest.of(sha256);
                check(object.response(), digest);
                return new Download(
                        size, digest.hex(), ObjectStore.etag(object.response().eTag()));
            });
        } catch (StoreException failed) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
            throw failed;
        }
    }

    private <T> Optional<T> transfer(Transfer<T> transfer) {
        for (int attempt = 1; ; attempt++) {
            try (ResponseInputStream<GetObjectResponse> object =
                    client.getObject(get -> get.bucket(bucket).key(key))) {
                return Optional.of(transfer.run(object));
            } catch (NoSuchKeyException absent) {
                return Optional.empty();
            } catch (SdkException failed) {
                throw Faults.of("read", client, name(), failed);
            } catch (IOException broken) {
                if (attempt == ATTEMPTS) {
                    throw new StoreException(UNAVAILABLE, "Could not read " + name() + ": " + broken, broken);
                }
            }
        }
    }

    private void check(GetObjectResponse head, Digest digest) {
        @Nullable String recorded = head.metadata().get(ConditionalWrite.SHA256);
        if (recorded != null && !recorded.equals(digest.hex())) {
            throw new StoreException(
                    CORRUPT, name() + " is damaged: its SHA-256 is " + digest.hex() + ", was written as " + recorded);
        }
    }

    private String name() {
        return Faults.name(bucket, key);
    }
}
