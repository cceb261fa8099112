package io.trustpipeline.doctor;

import io.trustpipeline.run.ExitCode;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;

import java.util.List;

/** Whether the models are where the tasks will look for them. */
public record ModelBucketCheck(S3Client s3, String bucket, String prefix) implements Check {
    @Override
    public List<Finding> examine() {
        String place = "s3://" + bucket + "/" + prefix;
        try {
            boolean empty = s3.listObjectsV2(
                            request -> request.bucket(bucket).prefix(prefix).maxKeys(1))
                    .contents()
                    .isEmpty();
            return List.of(
                    empty
                            ? bad(place + " is empty", "upload models.json and the archives")
                            : new Finding.Good("models", place));
        } catch (AwsServiceException answered) {
            return List.of(bad(
                    place + " cannot be listed (" + answered.awsErrorDetails().errorCode() + ")",
                    "name the right bucket, and have its policy allow this account to list and read it"));
        }
    }

    private static Finding bad(String state, String remedy) {
        return new Finding.Bad("models", state, remedy, ExitCode.CONFIGURATION);
    }
}
