package io.trustpipeline.cli;

import picocli.CommandLine.Command;

/** {@code thresholds}: what other thresholds would do, and do. */
@Command(
        name = "thresholds",
        description = "Says what other thresholds would do to a run, without scoring again, and applies them.",
        subcommands = {TryThresholdCommand.class, TuneThresholdsCommand.class, ApplyThresholdsCommand.class},
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class ThresholdsCommand {}
