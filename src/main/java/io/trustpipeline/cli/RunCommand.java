package io.trustpipeline.cli;

import picocli.CommandLine.Command;

/** {@code run PIPELINE}: one subcommand a pipeline. */
@Command(
        name = "run",
        description = "Runs a pipeline to its end, or resumes a run that was cut off.",
        subcommands = {
            RunTrustCommand.class,
            RunChunkedEtlCommand.class,
            RunFeaturesCommand.class,
            RunTranscriptsCommand.class,
            RunCreditsCommand.class
        },
        synopsisSubcommandLabel = "PIPELINE",
        mixinStandardHelpOptions = true)
final class RunCommand {}
