package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RequestFields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.Map;
import java.util.concurrent.Callable;

/** {@code demo}: the main job on the comments and models that come with the program. */
@Command(
        name = "demo",
        description = "Exports, scores and commits 20,000 real comments, and shows ten of the spans it finds.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    private static final int EXAMPLES = 10;

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Console console = Console.standard();
        Map<String, String> overrides = Map.of(
                "trust.warehouse.url", installation.demoComments().toString(),
                "trust.models.location", installation.demoModels().toString());
        try (TrustApplication application = TrustApplication.start(place.settings(overrides), console)) {
            TrustApplication.Finished finished = application.run(new RequestFields(null, null, null, null));
            console.line("Ten of the spans, in their sentences (theme, label, score):");
            application.examples(finished, EXAMPLES).forEach(line -> console.line("  " + line));
            console.line("");
            console.line("Any tool that reads Parquet opens the spans:");
            application.places(finished.manifest()).forEach(line -> console.line("  " + line));
        }
        return ExitCode.DONE.status();
    }
}
