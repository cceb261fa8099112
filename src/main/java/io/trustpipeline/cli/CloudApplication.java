package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.cloud.ExecutionEnd;
import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.run.StopSignal;
import org.apache.camel.Exchange;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Runs that the state machine in AWS carries out: started from here, and watched until they end. */
final class CloudApplication implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int LONGEST_RUN_ID_IN_NAME = 60;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final String stateMachineArn;
    private final Console console;
    private final Clock clock = Clock.systemUTC();
    private final SfnClient client;
    private final CamelRuntime camel;

    private CloudApplication(Settings settings, String stateMachineArn, Console console) throws Exception {
        this.stateMachineArn = stateMachineArn;
        this.console = console;
        this.client = SfnClient.builder()
                .region(Region.of(settings.storage().region()))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
        try {
            // No messages are sent from here: neither destination's route is wanted.
            this.camel = CamelRuntime.start(
                    "cloud",
                    Map.of("sfn", client),
                    Map.of("trust.notify.destination", "none", "trust.notify.topic", "none"),
                    settings.management());
        } catch (Exception e) {
            client.close();
            throw e;
        }
    }

    /** @throws PipelineException CONFIGURATION when no state machine is named */
    static CloudApplication start(Settings settings, Console console) throws Exception {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        String arn = settings.cloud()
                .stateMachineArn()
                .orElseThrow(() -> new PipelineException(
                        ExitCode.CONFIGURATION,
                        "trust.cloud.state-machine: missing; right is the stack's output StateMachineArn"));
        return new CloudApplication(settings, arn, console);
    }

    /**
     * Starts an execution and waits for its end.
     *
     * @param fields with its run id the same request resumes a run, in an execution of its own
     */
    ExecutionEnd run(RequestFields fields, StopSignal stop) throws Exception {
        String runId = fields.runId() != null ? fields.runId() : RunIds.next(clock, new SecureRandom());
        StartExecutionRequest start = StartExecutionRequest.builder()
                .stateMachineArn(stateMachineArn)
                .name(name(runId))
                .input(input(runId, fields))
                .build();
        String arn =
                call("execution-start", start, StartExecutionResponse.class).executionArn();
        console.line("run " + runId + ", execution " + arn);
        Set<Long> seen = new HashSet<>();
        while (true) {
            DescribeExecutionRequest describe =
                    DescribeExecutionRequest.builder().executionArn(arn).build();
            DescribeExecutionResponse now = call("execution-describe", describe, DescribeExecutionResponse.class);
            printNewStates(arn, seen);
            if (now.status() != ExecutionStatus.RUNNING && now.status() != ExecutionStatus.PENDING_REDRIVE) {
                return ExecutionEnd.of(now);
            }
            requireWatching(stop, arn);
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    /** What was given and nothing more: the rest is the run's, if it has begun, else its default. */
    private static String input(String runId, RequestFields fields) throws JsonProcessingException {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("run_id", runId);
        if (fields.runDate() != null) {
            input.put("run_date", fields.runDate().toString());
        }
        if (fields.upId() != null) {
            input.put("up_id", fields.upId());
        }
        if (fields.email() != null) {
            input.put("email", fields.email());
        }
        return new JsonMapper().writeValueAsString(input);
    }

    /** An execution's name can be used once in 90 days, a run id more often. */
    private String name(String runId) {
        String stem = runId.substring(0, Math.min(runId.length(), LONGEST_RUN_ID_IN_NAME));
        return stem + "-" + SECOND.format(clock.instant());
    }

    private void printNewStates(String arn, Set<Long> seen) throws Exception {
        GetExecutionHistoryRequest history = GetExecutionHistoryRequest.builder()
                .executionArn(arn)
                .includeExecutionData(false)
                .build();
        for (HistoryEvent event : call("execution-history", history, GetExecutionHistoryResponse.class)
                .events()) {
            if (seen.add(event.id()) && event.stateEnteredEventDetails() != null) {
                console.line(event.stateEnteredEventDetails().name());
            }
        }
    }

    private static void requireWatching(StopSignal stop, String arn) {
        try {
            stop.check();
        } catch (PipelineException stopped) {
            throw new PipelineException(
                    ExitCode.STOPPED, "stopped watching; execution " + arn + " goes on in AWS", stopped);
        }
    }

    private <T> T call(String route, Object request, Class<T> type) throws Exception {
        Exchange exchange = camel.request("direct:" + route, request);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(type);
    }

    @Override
    public void close() {
        camel.close();
        client.close();
    }
}
