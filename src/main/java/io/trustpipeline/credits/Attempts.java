package io.trustpipeline.credits;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.time.Duration;

/**
 * How often something is tried, and how long is waited in between.
 *
 * @param most 1 or more
 * @param pause before the second attempt; doubled for each further one
 */
public record Attempts(int most, Duration pause) {
    private static final int MOST_DOUBLINGS = 16;

    /** @param attempt the number of the one that did not work, from 1 */
    public boolean isLast(int attempt) {
        return attempt >= most;
    }

    /** What is waited after an attempt that did not work. */
    public Duration pauseAfter(int attempt) {
        return pause.multipliedBy(1L << Math.min(MOST_DOUBLINGS, Math.max(0, attempt - 1)));
    }

    /** @throws PipelineException STOPPED when the program is to end meanwhile */
    public static void waitFor(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "stopped on request", stopped);
        }
    }
}
