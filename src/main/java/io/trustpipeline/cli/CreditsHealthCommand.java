package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.credits.jobs.ChannelPoll;
import io.trustpipeline.credits.jobs.CreditLayout;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RunObjects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** {@code credits health}: whether the channel is still looked at. */
@Command(
        name = "health",
        description = "Ends with 69 when the channel was not looked at for so long.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CreditsHealthCommand implements Callable<Integer> {
    @Option(
            names = "--max-age",
            paramLabel = "MINUTES",
            defaultValue = "20",
            description = "${DEFAULT-VALUE} if left out")
    private int minutes;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        Settings settings = place.settings();
        try (OpenStore store = OpenStore.forReading(settings, CreditLayout.PREFIX)) {
            Instant last = ChannelPoll.lastCheck(new RunObjects(store.objects()), CreditLayout.real())
                    .orElseThrow(() -> new PipelineException(
                            ExitCode.UNAVAILABLE, "the channel was never looked at; look at the schedule"));
            Duration age = Duration.between(last, Clock.systemUTC().instant());
            String said = "last look at the channel: " + last + ", " + age.toMinutes() + " min ago";
            if (age.compareTo(Duration.ofMinutes(minutes)) > 0) {
                throw new PipelineException(ExitCode.UNAVAILABLE, said + "; right is " + minutes + " min at most");
            }
            Console.standard().line(said);
        }
        return ExitCode.DONE.status();
    }
}
