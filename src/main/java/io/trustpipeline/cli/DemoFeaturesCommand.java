package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.features.Dataset;
import io.trustpipeline.features.Definitions;
import io.trustpipeline.features.DefinitionsReader;
import io.trustpipeline.features.FeatureItem;
import io.trustpipeline.features.FeatureReport;
import io.trustpipeline.features.FeatureRequest;
import io.trustpipeline.features.Scope;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RunIds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code demo features}: the features of a day, from real trips, on an embedded S3 and the laptop's table. */
@Command(
        name = "features",
        description = "Computes the features of two days of real trips, publishes them, and looks customers up.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoFeaturesCommand implements Callable<Integer> {
    private static final String DEFINITIONS = "sql/features/windows.yaml";
    private static final List<LocalDate> DAYS = List.of(LocalDate.of(2020, 8, 17), LocalDate.of(2020, 8, 18));
    private static final List<String> CUSTOMERS = List.of("1", "2");

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        Installation installation = Installation.current();
        Settings settings = place.settings();
        Definitions definitions = DefinitionsReader.read(DEFINITIONS, installation.text(DEFINITIONS));
        try (FeaturesApplication application = FeaturesApplication.start(settings, definitions)) {
            for (LocalDate day : DAYS) {
                FeatureReport report = application.run(new FeatureRequest(
                        RunIds.next(Clock.systemUTC(), new SecureRandom()),
                        day,
                        Dataset.FULL,
                        Scope.Mode.DAY,
                        installation.demoTrips().toString(),
                        definitions.digest(),
                        null));
                FeaturesApplication.print(report, console);
            }
            console.line("");
            console.line("What is known of customers now, and how long it took to look it up:");
            for (String customer : CUSTOMERS) {
                long started = System.nanoTime();
                FeatureItem item = application
                        .table()
                        .latest(customer, Dataset.FULL, DAYS.get(DAYS.size() - 1))
                        .orElseThrow();
                double millis = (System.nanoTime() - started) / 1e6;
                console.line("  %.1f ms %s".formatted(millis, FeaturesGetCommand.json(item)));
            }
            console.line("");
            console.line("Any tool that reads Parquet opens the features:");
            application.places(DAYS).forEach(file -> console.line("  " + file));
        }
        return ExitCode.DONE.status();
    }
}
