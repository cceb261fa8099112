package io.trustpipeline.cli;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.transcripts.jobs.PupilDeletion;
import io.trustpipeline.transcripts.publish.Audit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.util.UUID;
import java.util.concurrent.Callable;

/** {@code transcripts delete}: removes a pupil everywhere. */
@Command(
        name = "delete",
        description =
                "Removes a pupil: rows, scores, lines, and the uploads they stand in. Who did it stays in the audit.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsDeleteCommand implements Callable<Integer> {
    @Parameters(paramLabel = "STUDENT", description = "the pupil's UUID")
    private UUID student = new UUID(0, 0);

    @Option(names = "--class", paramLabel = "ID", description = "the pupil's class, when no row of the pupil is left")
    private @Nullable String classId;

    @Mixin
    private TranscriptOptions options = new TranscriptOptions();

    @Override
    public Integer call() throws Exception {
        try (TranscriptsApplication application = TranscriptsApplication.start(options.settings(), false)) {
            PupilDeletion.Deleted deleted = application.deletion().delete(student, classId, operator());
            Console.standard()
                    .line(deleted.assessments() + " assessments and the traces in " + deleted.jobs()
                            + " jobs are deleted");
        }
        return ExitCode.DONE.status();
    }

    /** Whoever may start commands is an operator; the operating system says who. */
    static Audit.Actor operator() {
        return new Audit.Actor(System.getProperty("user.name", "unknown"), "operator", "local");
    }
}
