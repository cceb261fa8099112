package io.trustpipeline.cloud;

import io.trustpipeline.run.ExitCode;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How an execution of the trust state machine came to its end, in this program's terms.
 *
 * @param message what a person is told: the output, or what stopped it
 */
public record ExecutionEnd(ExitCode exitCode, String message) {
    /** The machine fails with what stopped a task: its error's name, a colon, and the cause. */
    private static final Pattern NAMED = Pattern.compile("\\b("
            + Arrays.stream(ExitCode.values()).map(ExitCode::errorName).collect(Collectors.joining("|"))
            + "|States\\.[A-Za-z]+):");

    /** @param execution that has ended */
    public static ExecutionEnd of(DescribeExecutionResponse execution) {
        if (execution.status() == ExecutionStatus.SUCCEEDED) {
            return new ExecutionEnd(ExitCode.DONE, Objects.requireNonNullElse(execution.output(), "{}"));
        }
        String cause = text(execution.cause());
        String message = "execution " + execution.executionArn() + " ended as " + execution.statusAsString() + ": "
                + text(execution.error()) + (cause.isEmpty() ? "" : ": " + cause);
        return new ExecutionEnd(exitCode(execution.status(), text(execution.error()) + ": " + cause), message);
    }

    private static ExitCode exitCode(ExecutionStatus status, String failure) {
        if (status != ExecutionStatus.FAILED) {
            return ExitCode.STOPPED;
        }
        Matcher named = NAMED.matcher(failure);
        while (named.find()) {
            String name = named.group(1);
            for (ExitCode code : ExitCode.values()) {
                if (code.errorName().equals(name)) {
                    return code;
                }
            }
            if (name.equals("States.Runtime")) {
                return ExitCode.DEFECT;
            }
            if (name.equals("States.HeartbeatTimeout") || name.equals("States.Timeout")) {
                return ExitCode.UNAVAILABLE;
            }
        }
        // Such as a map with more failed shards than are tolerated.
        return ExitCode.STOPPED;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
