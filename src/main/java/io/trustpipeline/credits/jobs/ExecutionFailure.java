package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.run.ExitCode;

/** Why an execution in another process has no result. */
public record ExecutionFailure(
        @JsonProperty("exit_code") ExitCode exitCode,
        @JsonProperty("message") String message) {}
