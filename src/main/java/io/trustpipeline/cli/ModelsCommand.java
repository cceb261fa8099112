package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.Certification;
import io.trustpipeline.score.ModelCache;
import io.trustpipeline.score.ModelCatalogue;
import io.trustpipeline.score.ModelSource;
import io.trustpipeline.score.ModelsCheck;
import io.trustpipeline.score.ModelsPrepare;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;

/** {@code models …}: what a models folder holds, and making it fast to load. */
@Command(
        name = "models",
        description = "Looks at models and prepares them.",
        subcommands = {ModelsCommand.Check.class, ModelsCommand.Prepare.class},
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ModelsCommand {

    /** {@code models check DIR}. */
    @Command(
            name = "check",
            description = "Says of every model what it is, whether it runs here, and its digest.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Check implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "a models folder, or one model")
        private Path folder = Path.of("");

        @Mixin
        private PlaceOptions place = new PlaceOptions();

        @Override
        public Integer call() {
            Console console = Console.standard();
            Settings settings = place.settings();
            ModelsCheck check =
                    ModelsCheck.of(ModelFolders.local(folder), ModelSource.none(), LoadedModels.cache(settings));
            check.lines().forEach(console::line);
            return check.ok() ? ExitCode.DONE.status() : ExitCode.DATA_REFUSED.status();
        }
    }

    /** {@code models prepare DIR}. */
    @Command(
            name = "prepare",
            description = "Unpacks, checks and digests every model, and keeps its weights in the form that loads fast.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    static final class Prepare implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "a models folder, or one model")
        private Path folder = Path.of("");

        @Option(
                names = "--certify",
                description =
                        "make certificate.json: golden scores of spaCy, to which every later run's models are held")
        private boolean certify;

        @Option(
                names = "--python",
                paramLabel = "PYTHON",
                defaultValue = "${env:TRUST_PYTHON:-python3}",
                description = "of --certify: a Python with spaCy; TRUST_PYTHON, else python3, if left out")
        private String python = "python3";

        @Option(
                names = "--golden",
                paramLabel = "FILE",
                description = "of --certify: golden scores that were made elsewhere, in place of a Python")
        private @Nullable Path golden;

        @Mixin
        private PlaceOptions place = new PlaceOptions();

        @Override
        public Integer call() {
            Console console = Console.standard();
            ModelCache cache = LoadedModels.cache(place.settings());
            Progress progress = console.progress(Clock.systemUTC());
            ModelCatalogue catalogue = ModelFolders.local(folder);
            if (!new ModelsPrepare(ModelSource.none(), cache, progress).prepare(catalogue)) {
                return ExitCode.DATA_REFUSED.status();
            }
            if (certify) {
                Certification certification = new Certification(ModelSource.none(), cache, progress);
                if (golden != null) {
                    certification.withFile(catalogue, golden);
                } else {
                    certification.withPython(catalogue, python);
                }
            }
            return ExitCode.DONE.status();
        }
    }
}
