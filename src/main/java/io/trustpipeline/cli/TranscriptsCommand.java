package io.trustpipeline.cli;

import picocli.CommandLine.Command;

/** {@code transcripts …}: classroom transcripts, read, scored, exported, deleted. */
@Command(
        name = "transcripts",
        description = "Reads classroom transcripts and scores the skills of pupils, with evidence.",
        subcommands = {
            TranscriptsNormaliseCommand.class,
            TranscriptsScoreCommand.class,
            TranscriptsBeginCommand.class,
            TranscriptsServeCommand.class,
            TranscriptsStatusCommand.class,
            TranscriptsRetryCommand.class,
            TranscriptsExportCommand.class,
            TranscriptsDeleteCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class TranscriptsCommand {}
