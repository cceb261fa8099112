package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.StopSignal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What SIGTERM and SIGINT do: ask the work under way to stop at its next safe place, give it a while, and end the
 * process with the exit code that says what became of it. There is one in a process, as there is one set of signals.
 */
final class Shutdown {
    /** Less than the stop time-out of a Fargate task, after which it would be killed. */
    private static final int PATIENCE_SECONDS = 25;

    static final StopSignal SIGNAL = new StopSignal();

    private static final CompletableFuture<Integer> ENDED = new CompletableFuture<>();

    private Shutdown() {}

    static void handleSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(Shutdown::stop, "stop"));
    }

    /** The command has ended by itself. */
    static void ended(int status) {
        ENDED.complete(status);
    }

    private static void stop() {
        if (ENDED.isDone()) {
            return;
        }
        SIGNAL.stop();
        int status;
        try {
            status = ENDED.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            // What is committed is committed; the rest is done again by the next attempt.
            status = ExitCode.STOPPED.status();
        }
        Runtime.getRuntime().halt(status);
    }
}
