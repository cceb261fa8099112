package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** {@code transcripts retry}: publishes what could not be published. */
@Command(
        name = "retry",
        description = "Publishes the jobs that are scored but not published; a service does so by itself every minute.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsRetryCommand implements Callable<Integer> {
    @Mixin
    private TranscriptOptions options = new TranscriptOptions();

    @Override
    public Integer call() throws Exception {
        try (TranscriptsApplication application = TranscriptsApplication.start(options.settings(), false)) {
            int published = application.publication().retryPartial();
            Console.standard().line(published + " jobs are published now");
        }
        return ExitCode.DONE.status();
    }
}
