package io.trustpipeline.features;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Waits longer and longer while a table is throttled or does not answer, and gives up after some seconds. Pauses are random, so that writers that were throttled together do not come back together.
 */
record Patience(String table) {
    private static final int ATTEMPTS = 8;
    private static final long SHORTEST_MILLIS = 25;

    /**
     * Returns after a pause when another attempt can help.
     *
     * @param attempt from 1
     * @param failed what came back; null when only a part was done
     */
    void pause(int attempt, @Nullable SdkException failed) {
        if (failed instanceof ResourceNotFoundException) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION, "trust.features.table: there is no DynamoDB table " + table, failed);
        }
        if (failed instanceof AwsServiceException answered && !passing(answered)) {
            throw new PipelineException(ExitCode.CONFIGURATION, table + ": DynamoDB says " + line(answered), failed);
        }
        if (attempt >= ATTEMPTS) {
            String reason = failed == null ? "a part of every answer is missing" : line(failed);
            throw new PipelineException(
                    ExitCode.UNAVAILABLE,
                    table + ": DynamoDB took nothing more in " + ATTEMPTS
                            + " attempts; the same request goes on later (" + reason + ")",
                    failed);
        }
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(SHORTEST_MILLIS, SHORTEST_MILLIS << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, table + ": interrupted while throttled", e);
        }
    }

    private static boolean passing(AwsServiceException answered) {
        return answered instanceof TransactionCanceledException
                || answered.statusCode() >= 500
                || answered.isThrottlingException()
                || answered.awsErrorDetails().errorCode().equals("TransactionInProgressException");
    }

    private static String line(SdkException failed) {
        return String.valueOf(failed.getMessage()).lines().findFirst().orElse("");
    }
}
