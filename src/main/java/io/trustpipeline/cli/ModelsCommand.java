package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.ops.ConsoleProgress;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.score.ModelSource;
import io.trustpipeline.score.ModelsCheck;
import io.trustpipeline.score.ModelsPrepare;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

        @Mixin
        private PlaceOptions place = new PlaceOptions();

        @Override
        public Integer call() {
            Console console = Console.standard();
            ModelsPrepare preparation = new ModelsPrepare(
                    ModelSource.none(),
                    LoadedModels.cache(place.settings()),
                    new ConsoleProgress(console.out(), console.terminal(), Clock.systemUTC()));
            return preparation.prepare(ModelFolders.local(folder))
                    ? ExitCode.DONE.status()
                    : ExitCode.DATA_REFUSED.status();
        }
    }
}
