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
import java.util.Arrays;
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
    private static final int LOOKUPS = 200;
    private static final List<String> CUSTOMERS = List.of("1", "2");

    @Mixin
    private FeatureTableOption table = new FeatureTableOption();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        Installation installation = Installation.current();
        Settings settings = table.settings();
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
            console.line("What is known of customers now:");
            for (String customer : CUSTOMERS) {
                console.line("  " + FeaturesGetCommand.json(lookUp(application, customer)));
            }
            console.line(lookups(application));
            console.line("");
            console.line("Any tool that reads Parquet opens the features:");
            application.places(DAYS).forEach(file -> console.line("  " + file));
        }
        return ExitCode.DONE.status();
    }

    private static FeatureItem lookUp(FeaturesApplication application, String customer) {
        return application
                .table()
                .latest(customer, Dataset.FULL, DAYS.get(DAYS.size() - 1))
                .orElseThrow();
    }

    private static String lookups(FeaturesApplication application) {
        long[] nanos = new long[LOOKUPS];
        for (int i = 0; i < LOOKUPS; i++) {
            long started = System.nanoTime();
            lookUp(application, CUSTOMERS.get(i % CUSTOMERS.size()));
            nanos[i] = System.nanoTime() - started;
        }
        Arrays.sort(nanos);
        return "  %d lookups: p50 %.1f ms, p95 %.1f ms"
                .formatted(LOOKUPS, nanos[LOOKUPS / 2] / 1e6, nanos[LOOKUPS * 95 / 100] / 1e6);
    }
}
