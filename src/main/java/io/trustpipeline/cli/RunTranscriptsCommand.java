package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.run.RunIds;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobKeys;
import io.trustpipeline.transcripts.jobs.JobRequest;
import io.trustpipeline.transcripts.jobs.Publication;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code run transcripts}: one transcript to published assessments; the same job id goes on where it stopped. */
@Command(
        name = "transcripts",
        description = "Scores a classroom transcript and publishes the assessments of its pupils.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunTranscriptsCommand implements Callable<Integer> {
    @Option(names = "--in", required = true, paramLabel = "FILE", description = "the transcript")
    private Path in = Path.of("");

    @Option(names = "--job-id", paramLabel = "ID", description = "names the job; the same id resumes it")
    private @Nullable String jobId;

    @Option(names = "--class", paramLabel = "ID", description = "the class")
    private @Nullable String classId;

    @Option(names = "--date", paramLabel = "DAY", description = "of the lesson, such as 2026-03-02")
    private @Nullable String date;

    @Option(names = "--roster", paramLabel = "FILE", description = "the pupils of the class, as JSON")
    private @Nullable Path roster;

    @Option(names = "--source", paramLabel = "TEXT", description = "where the transcript comes from")
    private @Nullable String source;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            defaultValue = "900",
            description = "for the end of the job; ${DEFAULT-VALUE} if left out")
    private long wait;

    @Mixin
    private InputOption input = new InputOption();

    @Mixin
    private TranscriptOptions options = new TranscriptOptions();

    @Override
    public Integer call() throws Exception {
        Console console = Console.standard();
        ObjectNode flags = InputOption.flags();
        InputOption.put(flags, "job_id", jobId);
        InputOption.put(flags, "class_id", classId);
        InputOption.put(flags, "date", date);
        InputOption.put(flags, "source", source);
        if (roster != null) {
            flags.set("student_roster", options.json(roster));
        }
        ObjectNode fields = new RequestReader("transcripts").readObject(input.request(flags));
        Settings settings = options.settings();
        if (!Files.isReadable(in)) {
            throw new PipelineException(ExitCode.DATA_REFUSED, in + ": no such file");
        }
        try (TranscriptsApplication application = TranscriptsApplication.start(settings, true)) {
            JobRequest request = request(fields, settings, application, in);
            Job job = application.submit(request, in);
            job = application.await(job.jobId(), Duration.ofSeconds(wait));
            console.line("job " + job.jobId() + ": " + job.state().code() + ", " + job.lineCount() + " lines, "
                    + job.studentIds().size() + " pupils, scored by "
                    + job.request().modelVersion());
            Publication.requireSucceeded(job);
        }
        return ExitCode.DONE.status();
    }

    private static JobRequest request(
            ObjectNode fields, Settings settings, TranscriptsApplication application, Path file) throws IOException {
        String id = fields.has("job_id")
                ? fields.get("job_id").textValue()
                : RunIds.next(Clock.systemUTC(), new SecureRandom());
        String classId = fields.get("class_id").textValue();
        LocalDate date = LocalDate.parse(fields.get("date").textValue());
        String name = String.valueOf(Objects.requireNonNull(file.getFileName()));
        JsonNode source = fields.path("source");
        return new JobRequest(
                id,
                id,
                JobKeys.raw(settings.run().environment(), classId, date, id, name),
                name,
                classId,
                date,
                fields.get("student_roster"),
                source.isTextual() ? source.textValue() : "command line",
                "command-line",
                application.analysisMode(),
                application.modelVersion());
    }
}
