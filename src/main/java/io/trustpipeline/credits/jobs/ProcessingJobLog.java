package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import software.amazon.awssdk.core.exception.SdkException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The last lines that processing jobs wrote, where SageMaker keeps them in CloudWatch. */
public final class ProcessingJobLog implements ProcessingJobRunner.JobLog, AutoCloseable {
    private static final String GROUP = "/aws/sagemaker/ProcessingJobs";
    private static final int LINES = 5;

    private final AwsJsonClient logs;

    public ProcessingJobLog(AwsJsonClient logs) {
        this.logs = logs;
    }

    @Override
    public List<String> tail(String jobName) {
        try {
            List<String> lines = new ArrayList<>();
            JsonNode streams = logs.call(
                    "DescribeLogStreams", Map.of("logGroupName", GROUP, "logStreamNamePrefix", jobName + "/"));
            for (JsonNode stream : streams.path("logStreams")) {
                JsonNode events = logs.call(
                        "GetLogEvents",
                        Map.of(
                                "logGroupName",
                                GROUP,
                                "logStreamName",
                                stream.path("logStreamName").asText(),
                                "startFromHead",
                                false,
                                "limit",
                                LINES));
                events.path("events")
                        .forEach(event -> lines.add(event.path("message").asText()));
            }
            return lines;
        } catch (SdkException notThere) {
            return List.of("(the log cannot be read: " + notThere.getMessage() + ")");
        }
    }

    @Override
    public void close() {
        logs.close();
    }
}
