package io.trustpipeline.store;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * One write under a condition, carried until it is decided. 409 means that S3 could not decide and asks for another
 * attempt; 412 means that the condition does not hold.
 *
 * <p>A 412 may be the echo of our own success, because the SDK repeats a request whose answer was lost; and an answer
 * may be lost for good, because a server that refuses early closes the connection while the body is still on its way.
 * Each write therefore carries an id of its own, by which it recognises itself in the store.
 */
final class ConditionalWrite {
    static final String SHA256 = "sha256";
    private static final String WRITE_ID = "write-id";

    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final S3Client client;
    private final String bucket;
    private final String key;
    private final @Nullable String expectedEtag;
    private final String writeId = UUID.randomUUID().toString();
    private final Map<String, String> metadata;

    /** @param expectedEtag that the object must have; null when there must be no object */
    ConditionalWrite(S3Client client, String bucket, String key, Digest digest, @Nullable String expectedEtag) {
        this.client = client;
        this.bucket = bucket;
        this.key = key;
        this.expectedEtag = expectedEtag;
        this.metadata = Map.of(SHA256, digest.hex(), WRITE_ID, writeId);
    }

    /** What the object must be written with. */
    Map<String, String> metadata() {
        return metadata;
    }

    /**
     * Runs the write, again while S3 answers 409.
     *
     * @param write returns the new ETag; may run several times
     * @return the new ETag, or empty when the condition does not hold
     */
    Optional<String> run(Supplier<String> write) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(write.get());
            } catch (S3Exception answered) {
                if (conditionFailed(answered)) {
                    return stored().filter(this::ours).map(HeadObjectResponse::eTag);
                }
                if (Faults.code(answered).equals("NoSuchUpload")) {
                    return settle(answered);
                }
                if (answered.statusCode() != 409 || attempt == ATTEMPTS) {
                    throw answered;
                }
                pause(attempt);
            } catch (SdkClientException unanswered) {
                return settle(unanswered);
            }
        }
    }

    /** If-Match on an object that is gone is answered by NoSuchKey. */
    private static boolean conditionFailed(S3Exception answered) {
        return answered.statusCode() == 412 || Faults.code(answered).equals("NoSuchKey");
    }

    /** Decides by what is stored now; rethrows while the condition still holds, because then nothing has happened. */
    private Optional<String> settle(SdkException undecided) {
        Optional<HeadObjectResponse> stored = stored();
        if (Objects.equals(expectedEtag, stored.map(HeadObjectResponse::eTag).orElse(null))) {
            throw undecided;
        }
        return stored.filter(this::ours).map(HeadObjectResponse::eTag);
    }

    private boolean ours(HeadObjectResponse stored) {
        return writeId.equals(stored.metadata().get(WRITE_ID));
    }

    private Optional<HeadObjectResponse> stored() {
        try {
            return Optional.of(client.headObject(head -> head.bucket(bucket).key(key)));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        }
    }

    /** Doubles each time, with jitter so that rivals do not meet again. */
    private static void pause(int attempt) {
        long longest = FIRST_PAUSE.toMillis() << (attempt - 1);
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted between two attempts", stopped);
        }
    }
}
