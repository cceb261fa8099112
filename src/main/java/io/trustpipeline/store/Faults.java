package io.trustpipeline.store;

import io.trustpipeline.store.StoreException.Kind;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;

import static io.trustpipeline.store.StoreException.Kind.CONFLICT;
import static io.trustpipeline.store.StoreException.Kind.CORRUPT;
import static io.trustpipeline.store.StoreException.Kind.REFUSED;
import static io.trustpipeline.store.StoreException.Kind.UNAVAILABLE;

/** Turns what the SDK throws after its retries into one line and a {@link Kind}. */
final class Faults {
    private Faults() {}

    static String name(String bucket, String key) {
        return "s3://" + bucket + "/" + key;
    }

    /** @param attempt what was being done, such as "write" */
    static StoreException of(String attempt, S3Client client, String object, SdkException thrown) {
        if (thrown instanceof AwsServiceException answered) {
            return new StoreException(
                    kind(answered), "Could not " + attempt + " " + object + ": " + answer(answered), thrown);
        }
        String reason = rootMessage(thrown);
        // The SDK has no type of its own for this one.
        if (reason.contains("Unable to load credentials")) {
            return new StoreException(REFUSED, "No AWS credentials to " + attempt + " " + object, thrown);
        }
        return new StoreException(
                UNAVAILABLE,
                "Could not " + attempt + " " + object + ", " + endpoint(client) + " does not answer: " + reason,
                thrown);
    }

    private static String endpoint(S3Client client) {
        SdkServiceClientConfiguration built = client.serviceClientConfiguration();
        return built.endpointOverride().map(URI::toString).orElse("S3");
    }

    private static Kind kind(AwsServiceException answered) {
        int status = answered.statusCode();
        if (status == 409 || status == 412) {
            return CONFLICT;
        }
        if (status >= 500 || status == 429 || status == 408) {
            return UNAVAILABLE;
        }
        if (status == 404 && code(answered).isEmpty()) {
            // The answer broke off before it said what is not there.
            return UNAVAILABLE;
        }
        return switch (code(answered)) {
            case "BadDigest", "XAmzContentSHA256Mismatch", "InvalidDigest" -> CORRUPT;
            case "RequestTimeout", "SlowDown", "RequestTimeTooSkewed" -> UNAVAILABLE;
            default -> REFUSED;
        };
    }

    static String code(AwsServiceException answered) {
        AwsErrorDetails details = answered.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    private static String answer(AwsServiceException answered) {
        AwsErrorDetails details = answered.awsErrorDetails();
        String message = details == null || details.errorMessage() == null ? "" : ", " + details.errorMessage();
        return (answered.statusCode() + " " + code(answered)).strip() + message;
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        for (@Nullable Throwable cause = root.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
