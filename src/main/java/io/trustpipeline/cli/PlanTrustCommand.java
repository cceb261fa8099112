package io.trustpipeline.cli;

import io.trustpipeline.run.Estimate;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.StageFigures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Locale;
import java.util.concurrent.Callable;

/** {@code plan trust}: rows, tokens, minutes, vCPU-hours and money of a run, stage by stage. */
@Command(
        name = "trust",
        description = {
            "Counts the comments that a run would export, looks at a few of them, and says what the run would take.",
            "Speeds are those of earlier runs on this store, else measured now. Nothing is written."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class PlanTrustCommand implements Callable<Integer> {
    private static final String ROW = "%-8s %12s %12s %10s %12s %10s";

    @Mixin
    private TrustRequestOptions request = new TrustRequestOptions();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        try (TrustApplication application = TrustApplication.start(place.settings(source.overrides()), console)) {
            RunEstimates estimates = application.estimates();
            print(estimates.estimate(estimates.request(request.fields())), console);
        }
        return ExitCode.DONE.status();
    }

    private static void print(Estimate estimate, Console console) {
        console.line(ROW.formatted("stage", "rows", "tokens", "minutes", "vCPU-hours", "cost"));
        for (Estimate.Stage stage : estimate.stages()) {
            StageFigures figures = stage.figures();
            console.line(row(
                    stage.name(),
                    Long.toString(figures.rows()),
                    figures.tokens() == null ? "" : figures.tokens().toString(),
                    figures.seconds(),
                    figures.vcpuHours(),
                    figures.cost()));
        }
        console.line(row("in all", "", "", estimate.seconds(), estimate.vcpuHours(), estimate.cost()));
        console.line("by " + estimate.basis() + "; the warehouse's own cost is not in it");
    }

    private static String row(String name, String rows, String tokens, double seconds, double vcpuHours, double cost) {
        return ROW.formatted(
                name,
                rows,
                tokens,
                String.format(Locale.ROOT, "%.2f", seconds / 60),
                String.format(Locale.ROOT, "%.4f", vcpuHours),
                String.format(Locale.ROOT, "%.4f", cost));
    }
}
