package io.trustpipeline.cli;

import io.trustpipeline.cloud.ExecutionEnd;
import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.Logs;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestFields;
import io.trustpipeline.run.StopSignal;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryRequest;
import software.amazon.awssdk.services.sfn.model.GetExecutionHistoryResponse;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Runs that the state machine in AWS carries out: started from here, and watched until they end. */
final class CloudApplication implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

    private final Console console;
    private final Executions executions;
    private final CamelRuntime camel;

    private CloudApplication(Settings settings, Console console) throws Exception {
        this.console = console;
        this.executions = new Executions(settings);
        try {
            this.camel = CamelRuntime.start(
                    Executions.ROUTES, executions.beans(), executions.properties(), settings.management());
        } catch (Exception e) {
            executions.close();
            throw e;
        }
    }

    /** @throws PipelineException CONFIGURATION when no state machine is named */
    static CloudApplication start(Settings settings, Console console) throws Exception {
        Logs.open(settings.run().home().resolve("logs/trust-pipeline.jsonl"));
        return new CloudApplication(settings, console);
    }

    /**
     * Starts an execution and waits for its end.
     *
     * @param fields with its run id the same request resumes a run, in an execution of its own
     */
    ExecutionEnd run(RequestFields fields, StopSignal stop) throws Exception {
        Executions.Started started = executions.start(camel, fields);
        String arn = started.arn();
        console.line("run " + started.runId() + ", execution " + arn);
        Set<Long> seen = new HashSet<>();
        while (true) {
            DescribeExecutionRequest describe =
                    DescribeExecutionRequest.builder().executionArn(arn).build();
            DescribeExecutionResponse now =
                    Executions.call(camel, "execution-describe", describe, DescribeExecutionResponse.class);
            printNewStates(arn, seen);
            if (now.status() != ExecutionStatus.RUNNING && now.status() != ExecutionStatus.PENDING_REDRIVE) {
                return ExecutionEnd.of(now);
            }
            requireWatching(stop, arn);
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        }
    }

    private void printNewStates(String arn, Set<Long> seen) throws Exception {
        GetExecutionHistoryRequest history = GetExecutionHistoryRequest.builder()
                .executionArn(arn)
                .includeExecutionData(false)
                .build();
        for (HistoryEvent event : Executions.call(
                        camel, "execution-history", history, GetExecutionHistoryResponse.class)
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

    @Override
    public void close() {
        camel.close();
        executions.close();
    }
}
