package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RequestFields;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** {@code demo}: the main job on the comments and models that come with the program. */
@Command(
        name = "demo",
        description = "Exports, scores and commits 20,000 real comments, and shows ten of the spans it finds.",
        subcommands = {DemoFeaturesCommand.class, DemoTranscriptsCommand.class, DemoCreditsCommand.class},
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    private static final int EXAMPLES = 10;

    /** The models that come with the program. */
    enum DemoModels {
        TOK2VEC,
        TRANSFORMER;

        private Path folder(Installation installation) {
            return switch (this) {
                case TOK2VEC -> installation.demoModels();
                case TRANSFORMER -> installation.demoTransformers();
            };
        }
    }

    @Option(
            names = "--models",
            paramLabel = "tok2vec|transformer",
            defaultValue = "tok2vec",
            description = "four models of spaCy's own kind, or a transformer and a recommend model;"
                    + " ${DEFAULT-VALUE} if left out")
    private DemoModels models = DemoModels.TOK2VEC;

    @Mixin
    private LoadOption load = new LoadOption();

    @Mixin
    private ProgressOption progress = new ProgressOption();

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Console console = progress.console();
        Map<String, String> overrides = new HashMap<>(load.overrides());
        overrides.put("trust.warehouse.url", installation.demoComments().toString());
        overrides.put("trust.models.location", models.folder(installation).toString());
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
