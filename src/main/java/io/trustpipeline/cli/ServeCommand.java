package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code serve}: carries out what trigger files ask for, until it is stopped. */
@Command(
        name = "serve",
        description = "Watches trust_scoring/triggers/ and the schedule, and carries out one request after the other;"
                + " by executions of the state machine in AWS where trust.cloud.state-machine names it.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--page",
            paramLabel = "PORT",
            description = "shows runs and reports to people of this machine, at this port of loopback")
    private @Nullable Integer pagePort;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws Exception {
        Map<String, String> overrides = new LinkedHashMap<>(source.overrides());
        if (pagePort != null) {
            overrides.put("trust.serve.page-port", pagePort.toString());
        }
        Settings settings = place.settings(overrides);
        ServiceReport report = new ServiceReport(Console.standard());
        if (settings.cloud().stateMachineArn().isPresent()) {
            try (CloudService service = CloudService.start(settings, Console.standard(), report)) {
                service.untilStopped();
            }
        } else {
            try (TrustApplication application = TrustApplication.serve(settings, Console.standard(), report)) {
                application.untilStopped();
            }
        }
        return report.exitCode().status();
    }
}
