package io.trustpipeline.deploy;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long AWS is waited for.
 *
 * @param pause between two questions
 * @param longest until the wait is given up
 */
public record Patience(Duration pause, Duration longest) {

    /** For people: answers come within seconds, networks and NAT gateways take minutes. */
    public static Patience standard() {
        return new Patience(Duration.ofSeconds(2), Duration.ofHours(1));
    }

    /**
     * Asks until the answer is final.
     *
     * @param what is waited for, in messages
     * @throws PipelineException UNAVAILABLE when it takes too long, STOPPED when the thread is interrupted
     */
    <T> T until(String what, Supplier<T> question, Predicate<T> last) {
        long deadline = System.nanoTime() + longest.toNanos();
        while (true) {
            T answer = question.get();
            if (last.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadline) {
                throw new PipelineException(
                        ExitCode.UNAVAILABLE,
                        "The " + what + " takes longer than " + longest.toMinutes() + " minutes; look again later");
            }
            try {
                Thread.sleep(pause.toMillis());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new PipelineException(ExitCode.STOPPED, "Nobody waits for the " + what + " any more", stopped);
            }
        }
    }
}
