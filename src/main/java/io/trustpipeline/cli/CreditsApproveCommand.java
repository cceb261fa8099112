package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.credits.jobs.CreditLayout;
import io.trustpipeline.credits.jobs.CreditMessage;
import io.trustpipeline.credits.jobs.CreditMessages;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RunObjects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.concurrent.Callable;

/** {@code credits approve}: an amount that was held may be told. */
@Command(
        name = "approve",
        description = "Lets the amount of a message be told that was held; the next poll replies.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CreditsApproveCommand implements Callable<Integer> {
    @Parameters(paramLabel = "TS", description = "the message, as the direct message names it")
    private String ts = "";

    @Option(
            names = "--by",
            required = true,
            paramLabel = "NAME",
            description = "who agrees; stays in the message's audit object")
    private String who = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        Settings settings = place.settings();
        try (OpenStore store = OpenStore.forWriting(settings, CreditLayout.PREFIX)) {
            CreditMessage approved =
                    new CreditMessages(new RunObjects(store.objects()), CreditLayout.real()).approve(ts, who);
            Console.standard().line("message " + ts + ": $" + approved.amount() + " approved by " + who);
        }
        return ExitCode.DONE.status();
    }
}
