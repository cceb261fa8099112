package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.RunIds;
import org.apache.camel.Exchange;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Executions of the state machine in AWS, by the routes of {@code cloud.camel.yaml}. */
final class Executions implements AutoCloseable {
    /** The file of the routes. */
    static final String ROUTES = "cloud";

    private static final int LONGEST_RUN_ID_IN_NAME = 60;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final String stateMachineArn;
    private final SfnClient client;
    private final Clock clock = Clock.systemUTC();

    /** @throws PipelineException CONFIGURATION when no state machine is named */
    Executions(Settings settings) {
        this.stateMachineArn = settings.cloud()
                .stateMachineArn()
                .orElseThrow(() -> new PipelineException(
                        ExitCode.CONFIGURATION,
                        "trust.cloud.state-machine: missing; right is the stack's output StateMachineArn"));
        this.client = SfnClient.builder()
                .region(Region.of(settings.storage().region()))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }

    /** An execution that was started. */
    record Started(String runId, String arn) {}

    /** What the routes name. */
    Map<String, Object> beans() {
        return Map.of("sfn", client);
    }

    /** No messages are sent from here: neither destination's route is wanted. */
    Map<String, String> properties() {
        return Map.of("trust.notify.destination", "none", "trust.notify.topic", "none");
    }

    /**
     * Starts an execution.
     *
     * @param fields with its run id the same request resumes a run, in an execution of its own
     */
    Started start(CamelRuntime camel, RequestFields fields) throws Exception {
        String runId = fields.runId() != null ? fields.runId() : RunIds.next(clock, new SecureRandom());
        StartExecutionRequest start = StartExecutionRequest.builder()
                .stateMachineArn(stateMachineArn)
                .name(name(runId))
                .input(input(runId, fields))
                .build();
        StartExecutionResponse started = call(camel, "execution-start", start, StartExecutionResponse.class);
        return new Started(runId, started.executionArn());
    }

    /** Sends one of the SDK's requests through a route. */
    static <T> T call(CamelRuntime camel, String route, Object request, Class<T> type) throws Exception {
        Exchange exchange = camel.request("direct:" + route, request);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        return exchange.getMessage().getBody(type);
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
        if (fields.limits().minutes() != null) {
            input.put("max_minutes", fields.limits().minutes());
        }
        if (fields.limits().cost() != null) {
            input.put("max_cost", fields.limits().cost());
        }
        return new JsonMapper().writeValueAsString(input);
    }

    /** An execution's name can be used once in 90 days, a run id more often. */
    private String name(String runId) {
        String stem = runId.substring(0, Math.min(runId.length(), LONGEST_RUN_ID_IN_NAME));
        return stem + "-" + SECOND.format(clock.instant());
    }

    @Override
    public void close() {
        client.close();
    }
}
