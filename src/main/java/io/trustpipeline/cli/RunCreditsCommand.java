package io.trustpipeline.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code run credits}: one look at the channel. */
@Command(
        name = "credits",
        description = "Looks at the Slack channel once, computes what is asked for, and answers in the threads.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCreditsCommand implements Callable<Integer> {
    @Option(names = "--dry-run", description = "print would-be replies; nobody is told anything")
    private boolean dryRun;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        try (CreditsApplication application = CreditsApplication.start(place.settings(), Console.standard(), dryRun)) {
            return application.poll().status();
        }
    }
}
