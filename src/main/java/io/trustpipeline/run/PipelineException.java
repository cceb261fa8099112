package io.trustpipeline.run;

import org.jspecify.annotations.Nullable;

/** Ends a run with a documented exit code. The message is one line: what was met, where, and what would be right. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;

    public PipelineException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public PipelineException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
