package io.trustpipeline.cli;

import io.trustpipeline.credits.jobs.ProcessingJobRunner.JobLog;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClientBuilder;
import software.amazon.awssdk.services.cloudwatchlogs.model.LogStream;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The last lines that processing jobs wrote, where SageMaker keeps them. */
record ProcessingJobLog(String region, Optional<URI> endpoint) implements JobLog {
    private static final String GROUP = "/aws/sagemaker/ProcessingJobs";
    private static final int LINES = 5;

    @Override
    public List<String> tail(String jobName) {
        CloudWatchLogsClientBuilder builder =
                CloudWatchLogsClient.builder().region(Region.of(region)).httpClientBuilder(ApacheHttpClient.builder());
        endpoint.ifPresent(builder::endpointOverride);
        try (CloudWatchLogsClient client = builder.build()) {
            return client
                    .describeLogStreams(streams -> streams.logGroupName(GROUP).logStreamNamePrefix(jobName + "/"))
                    .logStreams()
                    .stream()
                    .map(LogStream::logStreamName)
                    .flatMap(stream -> client
                            .getLogEvents(events -> events.logGroupName(GROUP)
                                    .logStreamName(stream)
                                    .startFromHead(false)
                                    .limit(LINES))
                            .events()
                            .stream())
                    .map(OutputLogEvent::message)
                    .toList();
        } catch (SdkException notThere) {
            return List.of("(the log cannot be read: " + notThere.getMessage() + ")");
        }
    }
}
