package io.trustpipeline.cli;

import picocli.CommandLine.Command;

/** {@code plan PIPELINE}: one subcommand a pipeline, as {@code run} has. */
@Command(
        name = "plan",
        description = "Says what a run would do and take, before it does anything.",
        subcommands = {PlanTrustCommand.class, PlanChunkedEtlCommand.class},
        synopsisSubcommandLabel = "PIPELINE",
        mixinStandardHelpOptions = true)
final class PlanCommand {}
