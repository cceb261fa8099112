package io.trustpipeline.credits.jobs;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.sagemaker.SageMakerClient;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** Our calls beside those of the SDK's own clients, which the tests have and the program does not. */
class AwsJsonClientTest {
    private static final String JOB = "credits-automation-1";

    private SageMakerPeer peer;

    @BeforeEach
    void start() throws IOException {
        peer = new SageMakerPeer(job -> "InProgress");
    }

    @AfterEach
    void stop() {
        peer.close();
    }

    /** What came over the wire by the one, and by the other. */
    private void assertSameCalls(Runnable ours, Runnable sdk) {
        ours.run();
        List<SageMakerPeer.Call> called = peer.calls();
        sdk.run();
        assertThat(called).isNotEmpty();
        assertThat(peer.calls().subList(called.size(), peer.calls().size())).isEqualTo(called);
    }

    @Test
    void jobs_are_begun_seen_and_stopped_as_by_the_sdk() {
        ProcessingJobs.Kind kind = new ProcessingJobs.Kind(
                "image:1",
                "arn:aws:iam::111122223333:role/job",
                "ml.m5.xlarge",
                Duration.ofMinutes(30),
                Map.of("TRUST_LOG", "stdout"));
        List<String> arguments = List.of("task", "credits", "--execution", "1");
        try (ProcessingJobs jobs = peer.jobs();
                SageMakerClient sdk = peer.sdk(SageMakerClient.builder())) {
            assertSameCalls(
                    () -> {
                        assertThat(jobs.begin(JOB, kind, arguments)).isTrue();
                        assertThat(jobs.look(JOB).isUnderWay()).isTrue();
                        jobs.stop(JOB);
                    },
                    () -> {
                        assertThatThrownBy(() -> sdk.createProcessingJob(create -> create.processingJobName(JOB)
                                        .roleArn(kind.roleArn())
                                        .appSpecification(app ->
                                                app.imageUri(kind.image()).containerArguments(arguments))
                                        .environment(kind.environment())
                                        .processingResources(
                                                resources -> resources.clusterConfig(cluster -> cluster.instanceCount(1)
                                                        .instanceType(kind.instanceType())
                                                        .volumeSizeInGB(30)))
                                        .stoppingCondition(stop -> stop.maxRuntimeInSeconds(1_800))))
                                .hasMessageContaining("exists");
                        sdk.describeProcessingJob(describe -> describe.processingJobName(JOB));
                        sdk.stopProcessingJob(stop -> stop.processingJobName(JOB));
                    });
            assertThat(jobs.begin(JOB, kind, arguments)).isFalse();
        }
    }

    @Test
    void logs_are_read_as_by_the_sdk() {
        String group = "/aws/sagemaker/ProcessingJobs";
        try (ProcessingJobLog log = new ProcessingJobLog(peer.client(AwsJsonClient.Service.LOGS));
                CloudWatchLogsClient sdk = peer.sdk(CloudWatchLogsClient.builder())) {
            assertSameCalls(() -> assertThat(log.tail(JOB)).containsExactly(SageMakerPeer.LAST_LINE), () -> {
                String stream = sdk.describeLogStreams(
                                streams -> streams.logGroupName(group).logStreamNamePrefix(JOB + "/"))
                        .logStreams()
                        .get(0)
                        .logStreamName();
                sdk.getLogEvents(events -> events.logGroupName(group)
                        .logStreamName(stream)
                        .startFromHead(false)
                        .limit(5));
            });
        }
    }

    @Test
    void what_passes_is_called_again_and_a_refusal_is_not() {
        peer.answerFirst(List.of(
                Map.entry(503, "<html>busy</html>"),
                Map.entry(400, "{\"__type\": \"com.amazon.coral#ThrottlingException\", \"message\": \"slower\"}")));
        try (ProcessingJobs jobs = peer.jobs()) {
            jobs.stop(JOB);
            assertThat(peer.calls()).hasSize(3);

            peer.answerFirst(
                    List.of(Map.entry(400, "{\"__type\": \"AccessDeniedException\", \"Message\": \"not you\"}")));
            AwsServiceException refused = catchThrowableOfType(AwsServiceException.class, () -> jobs.stop(JOB));
            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            assertThat(refused).hasMessageContaining("not you");
            assertThat(peer.calls()).hasSize(4);
        }
    }

    @Test
    void nobody_there_is_said_after_some_attempts() {
        try (ProcessingJobs jobs = peer.jobs()) {
            peer.close();
            assertThatThrownBy(() -> jobs.look(JOB))
                    .isInstanceOf(SdkClientException.class)
                    .hasMessageContaining(peer.endpoint().toString());
        }
    }
}
