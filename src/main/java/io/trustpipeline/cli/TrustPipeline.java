package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** What a person, a script or Step Functions starts. */
@Command(
        name = "trust-pipeline",
        description = "What do patients say about trust? Scores their comments with spaCy SpanCat models.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ServeCommand.class,
            PlanCommand.class,
            ChunkCommand.class,
            CheckCommand.class,
            RedriveCommand.class,
            TaskCommand.class,
            FeaturesCommand.class,
            TranscriptsCommand.class,
            CreditsCommand.class,
            ScoreCommand.class,
            ModelsCommand.class,
            StatusCommand.class,
            ReportCommand.class,
            SpansCommand.class,
            ThresholdsCommand.class,
            ExplainCommand.class,
            VerifyCommand.class,
            BenchCommand.class,
            DoctorCommand.class,
            DeployCommand.class,
            OutputsCommand.class,
            DestroyCommand.class,
            HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            " 0:done",
            " 2:the command line cannot be understood",
            "64:request refused",
            "65:data refused",
            "69:something outside is unavailable; worth a retry",
            "70:a defect of ours",
            "75:stopped; the same request resumes",
            "78:the configuration is wrong"
        })
public final class TrustPipeline {
    private TrustPipeline() {}

    public static void main(String[] arguments) {
        Shutdown.handleSignals();
        int status = execute(arguments);
        Shutdown.ended(status);
        System.exit(status);
    }

    /** Runs one command line and returns the exit status. */
    static int execute(String... arguments) {
        CommandLine commandLine = new CommandLine(new TrustPipeline());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        // An argument may be a value from outside, such as a key; it names no file.
        commandLine.setExpandAtFiles(false);
        commandLine.setExecutionExceptionHandler((thrown, command, parsed) -> {
            Failure failure = Failure.of(thrown);
            failure.print(command.getErr());
            return failure.exitCode().status();
        });
        if (arguments.length == 0) {
            commandLine.usage(commandLine.getOut());
            return ExitCode.USAGE.status();
        }
        return commandLine.execute(arguments);
    }
}
