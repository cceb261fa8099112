package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Processing jobs of SageMaker: begun, looked at, stopped. What goes wrong is an {@code SdkException}.
 *
 * @see <a href="https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateProcessingJob.html">CreateProcessingJob</a>
 */
public final class ProcessingJobs implements AutoCloseable {
    private static final int VOLUME_GIGABYTES = 30;

    private final AwsJsonClient sageMaker;

    public ProcessingJobs(AwsJsonClient sageMaker) {
        this.sageMaker = sageMaker;
    }

    /**
     * How every job is made.
     *
     * @param cap when SageMaker ends it
     * @param environment settings of the job's program, 256 characters a value
     */
    public record Kind(
            String image, String roleArn, String instanceType, Duration cap, Map<String, String> environment) {
        private static final int LONGEST_VALUE = 256;

        public Kind {
            environment = Map.copyOf(environment);
            environment.forEach((name, value) -> {
                if (value.length() > LONGEST_VALUE) {
                    throw new PipelineException(
                            ExitCode.CONFIGURATION,
                            name + ": has " + value.length() + " characters, and a job takes " + LONGEST_VALUE);
                }
            });
        }
    }

    /**
     * A job as it is now.
     *
     * @param reason why it failed; null when SageMaker gives none
     */
    record Seen(String arn, String status, @Nullable String reason) {
        boolean isUnderWay() {
            return status.equals("InProgress") || status.equals("Stopping");
        }

        boolean isCompleted() {
            return status.equals("Completed");
        }
    }

    /** Begins a job on one machine. @return false when one of this name was begun before */
    boolean begin(String name, Kind kind, List<String> arguments) {
        Map<String, Object> request = Map.of(
                "ProcessingJobName",
                name,
                "RoleArn",
                kind.roleArn(),
                "AppSpecification",
                Map.of("ImageUri", kind.image(), "ContainerArguments", arguments),
                "Environment",
                kind.environment(),
                "ProcessingResources",
                Map.of(
                        "ClusterConfig",
                        Map.of(
                                "InstanceCount",
                                1,
                                "InstanceType",
                                kind.instanceType(),
                                "VolumeSizeInGB",
                                VOLUME_GIGABYTES)),
                "StoppingCondition",
                Map.of("MaxRuntimeInSeconds", kind.cap().toSeconds()));
        try {
            sageMaker.call("CreateProcessingJob", request);
            return true;
        } catch (AwsServiceException refused) {
            if (refused.awsErrorDetails().errorCode().equals("ResourceInUse")) {
                return false;
            }
            throw refused;
        }
    }

    Seen look(String name) {
        JsonNode job = sageMaker.call("DescribeProcessingJob", Map.of("ProcessingJobName", name));
        return new Seen(
                job.path("ProcessingJobArn").asText(),
                job.path("ProcessingJobStatus").asText(),
                job.path("FailureReason").asText(null));
    }

    void stop(String name) {
        sageMaker.call("StopProcessingJob", Map.of("ProcessingJobName", name));
    }

    @Override
    public void close() {
        sageMaker.close();
    }
}
