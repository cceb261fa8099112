package io.trustpipeline.cli;

import picocli.CommandLine.Command;

/** {@code features …}: what is known of customers, day by day. */
@Command(
        name = "features",
        description = "Computes what is known of customers day by day, and looks it up.",
        subcommands = {
            FeaturesComputeCommand.class,
            FeaturesGetCommand.class,
            FeaturesServeCommand.class,
            FeaturesIngestCommand.class,
            FeaturesBackfillCommand.class,
            FeaturesTrainingCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class FeaturesCommand {}
