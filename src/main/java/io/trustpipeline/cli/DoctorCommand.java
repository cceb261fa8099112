package io.trustpipeline.cli;

import io.trustpipeline.config.ConfigurationException;
import io.trustpipeline.config.Settings;
import io.trustpipeline.doctor.Check;
import io.trustpipeline.doctor.Examination;
import io.trustpipeline.doctor.Finding;
import io.trustpipeline.doctor.LaptopChecks;
import io.trustpipeline.doctor.ReachCheck;
import io.trustpipeline.run.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code doctor}: what would go wrong, before it does. */
@Command(
        name = "doctor",
        description = "Looks at this machine, and with --env at AWS, and says what to do. Changes nothing.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private static final Pattern HOST = Pattern.compile("jdbc:(?:redshift|postgresql)(?::iam)?://([^/:?;]+):(\\d+).*");

    @Mixin
    private CloudOptions cloud = new CloudOptions();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() {
        Console console = Console.standard();
        List<Check> checks = new ArrayList<>();
        try {
            checks.addAll(here(place.settings(source.overrides())));
        } catch (ConfigurationException wrong) {
            checks.add(() -> List.of(new Finding.Bad(
                    "settings",
                    String.valueOf(wrong.getMessage()).replaceAll("\\R", "; "),
                    "mend them",
                    ExitCode.CONFIGURATION)));
        }
        Examination examination;
        Optional<String> environment = cloud.environment();
        if (environment.isPresent()) {
            try (CloudClients clients = new CloudClients(cloud.region())) {
                checks.addAll(new CloudChecks(clients, environment.get(), Map.of()).all());
                examination = Examination.of(checks);
            }
        } else {
            examination = Examination.of(checks);
        }
        examination.lines().forEach(console::line);
        return examination.exitCode().status();
    }

    private static List<Check> here(Settings settings) {
        List<Check> checks = new ArrayList<>(new LaptopChecks(settings.run().home()).all());
        checks.add(() -> List.of(models(settings)));
        settings.warehouse().url().map(HOST::matcher).filter(Matcher::matches).ifPresent(address -> {
            URI server = URI.create("jdbc://" + address.group(1) + ":" + address.group(2));
            checks.add(new ReachCheck(Map.of("warehouse", server), Duration.ofSeconds(5)));
        });
        return checks;
    }

    private static Finding models(Settings settings) {
        String models = settings.models()
                .location()
                .orElseGet(() -> Installation.current().demoModels().toString());
        if (models.startsWith("s3://") || Files.isDirectory(Path.of(models))) {
            return new Finding.Good("models", models);
        }
        return new Finding.Bad("models", models + " is no folder", "name one with --models", ExitCode.CONFIGURATION);
    }
}
