package io.trustpipeline.run;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

import static java.util.stream.Collectors.joining;

/** Ends a run with a documented exit code. The message is a line for each problem: what was met, where, and what would be right. */
public final class PipelineException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What stands in files and requests may hold anything; it must not move a terminal's cursor or forge a line. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}\\x{202a}-\\x{202e}&&[^\n]]");

    /** Libraries quote whole files in their messages. */
    private static final int LONGEST_LINE = 1_500;

    private final ExitCode exitCode;

    public PipelineException(ExitCode exitCode, String message, @Nullable Throwable cause) {
        super(shown(message), cause);
        this.exitCode = exitCode;
    }

    private static String shown(String message) {
        return CONTROL.matcher(message)
                .replaceAll("?")
                .lines()
                .map(line -> line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…")
                .collect(joining("\n"));
    }

    public PipelineException(ExitCode exitCode, String message) {
        this(exitCode, message, null);
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
