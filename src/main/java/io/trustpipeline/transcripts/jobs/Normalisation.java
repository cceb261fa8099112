package io.trustpipeline.transcripts.jobs;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.read.NormalisedLines;
import io.trustpipeline.transcripts.read.Transcript;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.List;
import java.util.Map;

/** The second step: the upload becomes lines with pupils, and a message a pupil. */
public final class Normalisation {
    private final JobTable jobs;
    private final JobObjects objects;

    public Normalisation(JobTable jobs, JobObjects objects) {
        this.jobs = jobs;
        this.objects = objects;
    }

    /**
     * Normalises, unless that is done, and says what is still to be scored.
     *
     * @return messages, one a pupil without scores; one for any pupil when all are scored and only the end was missed
     * @throws PipelineException DATA_REFUSED when the upload cannot be used; the job has failed then
     */
    public List<String> normalise(String jobId) {
        Job job = jobs.require(jobId);
        if (job.state().isEnd()) {
            return List.of();
        }
        jobs.move(jobId, JobState.PROCESSING);
        KillPoint.pass("AFTER_JOB_PROCESSING");
        jobs.move(jobId, JobState.NORMALIZING);
        if (job.studentIds().isEmpty()) {
            try {
                read(job);
            } catch (PipelineException refused) {
                if (refused.exitCode() == ExitCode.DATA_REFUSED) {
                    jobs.fail(jobId, String.valueOf(refused.getMessage()));
                }
                throw refused;
            }
        }
        jobs.move(jobId, JobState.SCORING);
        KillPoint.pass("AFTER_JOB_SCORING");
        return messages(jobs.require(jobId));
    }

    private void read(Job job) {
        Transcript transcript = objects.withUpload(
                job,
                file -> job.request().artifactType() == null
                        ? Transcript.read(file, job.format(), job.roster())
                        : Transcript.ofPupil(
                                file, job.format(), job.roster().pupils().get(0)));
        transcript.requirePupils();
        objects.store().putIfAbsent(JobKeys.normalized(job), NormalisedLines.write(transcript.utterances()));
        KillPoint.pass("AFTER_NORMALIZED_OBJECT");
        jobs.move(
                job.jobId(),
                JobState.NORMALIZED,
                Map.of(
                        JobItems.STUDENTS,
                        JobItems.texts(transcript.figures().studentIds()),
                        JobItems.LINES,
                        AttributeValue.fromN(
                                Integer.toString(transcript.figures().totalLines())),
                        "normalization_metadata",
                        JobItems.text(JobJson.text(transcript.figures()))));
    }

    private static List<String> messages(Job job) {
        List<String> missing = job.studentIds().stream()
                .filter(student -> !job.scoredStudents().contains(student))
                .toList();
        return (missing.isEmpty() ? job.studentIds().subList(0, 1) : missing)
                .stream()
                        .map(student -> JobJson.text(ScoreMessage.of(job, student)))
                        .toList();
    }
}
