package io.trustpipeline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.trustpipeline.deploy.CloudEnvironment;
import io.trustpipeline.deploy.Patience;
import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Map;
import java.util.concurrent.Callable;

/** {@code outputs}: the names of what an environment has. */
@Command(
        name = "outputs",
        description = "Prints the data bucket, the topic, the state machine and what else an environment has.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class OutputsCommand implements Callable<Integer> {
    @Mixin
    private CloudOptions cloud = new CloudOptions();

    @Option(names = "--json", description = "as one JSON object")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        String environment = cloud.environment().orElseThrow(CloudChecks::noEnvironment);
        Console console = Console.standard();
        try (CloudClients clients = new CloudClients(cloud.region())) {
            Map<String, String> outputs =
                    new CloudEnvironment(environment, clients.cloudFormation(), Patience.standard()).outputs();
            if (json) {
                console.line(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(outputs));
            } else {
                outputs.forEach((name, value) -> console.line("%-24s %s".formatted(name, value)));
            }
        }
        return ExitCode.DONE.status();
    }
}
