package io.trustpipeline.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trustpipeline.config.Settings;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.RequestReader;
import io.trustpipeline.transcripts.jobs.Job;
import io.trustpipeline.transcripts.jobs.JobRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.time.LocalDate;
import java.util.concurrent.Callable;

/** {@code transcripts begin}: what the state machine's task does: normalises an upload and asks workers for its scores. */
@Command(
        name = "begin",
        description = "Normalises an uploaded transcript and asks for the scores of its pupils; workers do the rest.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class TranscriptsBeginCommand implements Callable<Integer> {
    @Mixin
    private InputOption input = new InputOption();

    @Mixin
    private TranscriptOptions options = new TranscriptOptions();

    @Override
    public Integer call() throws Exception {
        ObjectNode fields = new RequestReader("transcripts-job").readObject(input.request(InputOption.flags()));
        Settings settings = options.settings();
        try (TranscriptsApplication application = TranscriptsApplication.start(settings, false)) {
            Job job = application.submit(application.intake().accept(request(fields, application)));
            Console.standard().line("job " + job.jobId() + ": " + job.state().code());
        }
        return ExitCode.DONE.status();
    }

    private static JobRequest request(ObjectNode fields, TranscriptsApplication application) {
        String key = fields.get("input_key").textValue();
        String name = key.substring(key.lastIndexOf('/') + 1);
        return new JobRequest(
                fields.get("job_id").textValue(),
                fields.get("artifact_id").textValue(),
                key,
                name.substring(name.indexOf('_') + 1),
                fields.get("class_id").textValue(),
                LocalDate.parse(fields.get("date").textValue()),
                fields.get("metadata").get("student_roster"),
                fields.get("metadata").path("source").asText("state machine"),
                fields.get("metadata").path("uploader_id").asText("state machine"),
                application.analysisMode(),
                application.modelVersion());
    }
}
