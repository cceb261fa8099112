package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.time.Clock;
import java.util.concurrent.Callable;

/** {@code transcripts status JOB}: how far a job is. */
@Command(
        name = "status",
        description = "Says how far a job is, and why it failed if it did.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsStatusCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JOB", description = "its id")
    private String jobId = "";

    @Mixin
    private TranscriptOptions options = new TranscriptOptions();

    @Override
    public Integer call() {
        try (TranscriptClients clients = new TranscriptClients(options.settings())) {
            Job job = new JobTable(clients.dynamo(), clients.table(), Clock.systemUTC()).require(jobId);
            Console.standard()
                    .line("job " + job.jobId() + ": " + job.state().code() + ", "
                            + job.scoredStudents().size() + " of "
                            + job.studentIds().size() + " pupils scored, since " + job.createdAt()
                            + (job.endedAt() == null ? "" : ", ended " + job.endedAt())
                            + (job.error().isEmpty() ? "" : ": " + job.error()));
        }
        return ExitCode.DONE.status();
    }
}
