package io.trustpipeline.cloud;

import io.trustpipeline.run.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ExecutionEndTest {
    @ParameterizedTest
    @CsvSource({
        "FAILED, RequestRefused, run_id and email must be texts, REQUEST_REFUSED",
        "FAILED, States.QueryEvaluationError, D3137: DataRefused: x.parquet: is gone. Mend that, DATA_REFUSED",
        "FAILED, States.QueryEvaluationError, threw an error. States.HeartbeatTimeout: no heartbeat, UNAVAILABLE",
        "FAILED, States.QueryEvaluationError, States.ExceedToleratedFailureThreshold: exceeded, STOPPED",
        "FAILED, States.QueryEvaluationError, D3137: LimitReached: stopped: --max-minutes 5 are over, LIMIT_REACHED",
        "FAILED, States.Runtime, an expression is wrong, DEFECT",
        "ABORTED, , , STOPPED",
        "TIMED_OUT, , , STOPPED",
    })
    void the_exit_code_is_that_of_what_stopped_the_execution(String status, String error, String cause, ExitCode code) {
        ExecutionEnd end = ExecutionEnd.of(DescribeExecutionResponse.builder()
                .executionArn("arn:1")
                .status(status)
                .error(error)
                .cause(cause)
                .build());
        assertThat(end.exitCode()).isEqualTo(code);
        assertThat(end.message()).startsWith("execution arn:1 ended as " + status);
    }

    @Test
    void an_execution_that_succeeded_gives_its_output() {
        ExecutionEnd end = ExecutionEnd.of(DescribeExecutionResponse.builder()
                .status("SUCCEEDED")
                .output("{\"run_id\":\"r\"}")
                .build());
        assertThat(end).isEqualTo(new ExecutionEnd(ExitCode.DONE, "{\"run_id\":\"r\"}"));
    }
}
