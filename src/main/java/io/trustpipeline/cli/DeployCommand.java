package io.trustpipeline.cli;

import io.trustpipeline.deploy.CloudEnvironment;
import io.trustpipeline.deploy.Deployment;
import io.trustpipeline.deploy.DeploymentSource;
import io.trustpipeline.deploy.Patience;
import io.trustpipeline.doctor.Examination;
import io.trustpipeline.run.EngineVersion;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code deploy}: an environment in AWS, made or changed. */
@Command(
        name = "deploy",
        description = "Makes an environment in AWS, or changes it: shows what will change, and asks.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DeployCommand implements Callable<Integer> {
    @Mixin
    private CloudOptions cloud = new CloudOptions();

    @Option(
            names = {"-P", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "a parameter of a template, such as ModelBucket=my-models; repeatable, later ones keep")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--yes", description = "do not ask")
    private boolean yes;

    @Option(names = "--no-doctor", description = "do not look for obstacles first")
    private boolean noDoctor;

    @Override
    public Integer call() {
        String environment = cloud.environment().orElseThrow(CloudChecks::noEnvironment);
        Console console = Console.standard();
        try (CloudClients clients = new CloudClients(cloud.region())) {
            if (!noDoctor) {
                examine(clients, environment, console);
            }
            CloudEnvironment there = new CloudEnvironment(environment, clients.cloudFormation(), Patience.standard());
            DeploymentSource source = new DeploymentSource(Installation.current()::text, EngineVersion.current());
            new Deployment(there, clients.s3(), source, new Questions(console, yes)).deploy(parameters);
            there.outputs().forEach((name, value) -> console.line("%-24s %s".formatted(name, value)));
        }
        return ExitCode.DONE.status();
    }

    private void examine(CloudClients clients, String environment, Console console) {
        Examination examination = Examination.of(new CloudChecks(clients, environment, parameters).all());
        examination.lines().forEach(console::line);
        if (examination.exitCode() != ExitCode.DONE) {
            throw new PipelineException(
                    examination.exitCode(), "Nothing was deployed; mend what is BAD, or go on with --no-doctor");
        }
    }
}
