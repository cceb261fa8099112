package io.trustpipeline.deploy;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** One line for what AWS answered, or for its silence. */
final class AwsFailure {
    private AwsFailure() {}

    /** @param attempt what was being done, such as "change the stack trust-pipeline-dev" */
    static PipelineException of(String attempt, SdkException thrown) {
        if (thrown instanceof AwsServiceException answered) {
            boolean transientFault = answered.statusCode() >= 500 || answered.isThrottlingException();
            return new PipelineException(
                    transientFault ? ExitCode.UNAVAILABLE : ExitCode.CONFIGURATION,
                    "Could not " + attempt + ": "
                            + oneLine(answered.awsErrorDetails().errorCode() + ", "
                                    + answered.awsErrorDetails().errorMessage()),
                    thrown);
        }
        boolean noCredentials = String.valueOf(thrown.getMessage()).contains("Unable to load credentials");
        return noCredentials
                ? new PipelineException(
                        ExitCode.CONFIGURATION,
                        "Could not " + attempt + ": no AWS credentials; sign in, or set AWS_PROFILE",
                        thrown)
                : new PipelineException(
                        ExitCode.UNAVAILABLE,
                        "Could not " + attempt + ", AWS does not answer: "
                                + oneLine(String.valueOf(thrown.getMessage())),
                        thrown);
    }

    private static String oneLine(String message) {
        return message.replaceAll("\\s+", " ").strip();
    }
}
