package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.credits.jobs.CreditLayout;
import io.trustpipeline.credits.jobs.RemoteExecution;
import io.trustpipeline.run.RunObjects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code task credits}: what a processing job does. */
@Command(
        name = "credits",
        description = "Computes the amount of one execution, whose query is in the store.",
        mixinStandardHelpOptions = true)
final class TaskCreditsCommand implements Callable<Integer> {
    @Option(names = "--execution", paramLabel = "ID", required = true, description = "the execution")
    private String execution = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() {
        return TaskReport.environment().of(() -> {
            Settings settings = place.settings();
            try (OpenStore store = OpenStore.forWriting(settings, CreditLayout.PREFIX);
                    CreditClients clients = new CreditClients(settings, CreditsApplication.metrics(settings))) {
                RunObjects objects = new RunObjects(store.objects());
                CreditLayout layout = CreditLayout.real();
                new RemoteExecution(objects, layout, clients.inProcess(objects, layout)).run(execution);
                return layout.result(execution);
            }
        });
    }
}
