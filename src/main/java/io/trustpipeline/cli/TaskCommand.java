package io.trustpipeline.cli;

import picocli.CommandLine.Command;

/** {@code task PIPELINE STEP}: what the tasks of a state machine do. */
@Command(
        name = "task",
        description = "One step of a run, as a task of the state machine does it. With TASK_TOKEN in the environment it"
                + " sends heartbeats and reports to Step Functions; without, it prints its report.",
        subcommands = {TaskTrustCommand.class, TaskCreditsCommand.class},
        synopsisSubcommandLabel = "PIPELINE",
        mixinStandardHelpOptions = true)
final class TaskCommand {}
