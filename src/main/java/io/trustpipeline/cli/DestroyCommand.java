package io.trustpipeline.cli;

import io.trustpipeline.deploy.CloudEnvironment;
import io.trustpipeline.deploy.Patience;
import io.trustpipeline.deploy.Removal;
import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code destroy}: an environment in AWS, removed. */
@Command(
        name = "destroy",
        description = "Removes an environment from AWS; its buckets, its table of features and their key stay.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DestroyCommand implements Callable<Integer> {
    @Mixin
    private CloudOptions cloud = new CloudOptions();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Override
    public Integer call() {
        String environment = cloud.environment().orElseThrow(CloudChecks::noEnvironment);
        try (CloudClients clients = new CloudClients(cloud.region())) {
            CloudEnvironment there = new CloudEnvironment(environment, clients.cloudFormation(), Patience.standard());
            new Removal(there, new Questions(Console.standard(), yes)).remove();
        }
        return ExitCode.DONE.status();
    }
}
