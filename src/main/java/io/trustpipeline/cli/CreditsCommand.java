package io.trustpipeline.cli;

import picocli.CommandLine.Command;

/** {@code credits …}: amounts, and what people decide about them. */
@Command(
        name = "credits",
        description = "Amounts for SMS-pumping fraud: calculated, compared, approved.",
        subcommands = {
            CreditsCalculateCommand.class,
            CreditsCompareCommand.class,
            CreditsApproveCommand.class,
            CreditsHealthCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class CreditsCommand {}
