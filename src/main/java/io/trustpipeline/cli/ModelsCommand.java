package io.trustpipeline.cli;

import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.score.ModelSource;
import io.trustpipeline.score.ModelsCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** {@code models …}: what a models folder holds. */
@Command(
        name = "models",
        description = "Looks at models.",
        subcommands = {ModelsCommand.Check.class},
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
}
