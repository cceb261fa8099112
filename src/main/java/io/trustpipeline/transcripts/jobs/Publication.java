package io.trustpipeline.transcripts.jobs;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.publish.Publisher;
import io.trustpipeline.transcripts.publish.Session;
import io.trustpipeline.transcripts.score.PupilScores;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.List;
import java.util.Map;

/**
 * The last step: what is known goes to where people read it. A database that does not answer leaves the job partial, with
 * everything else done, and it is tried again; the job has not succeeded before that.
 */
public final class Publication {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    private static final int RETRIED_AT_ONCE = 100;

    private final JobTable jobs;
    private final JobObjects objects;
    private final Publisher publisher;

    public Publication(JobTable jobs, JobObjects objects, Publisher publisher) {
        this.jobs = jobs;
        this.objects = objects;
        this.publisher = publisher;
    }

    /** Publishes, unless that is done. @return the state that the job has then */
    public JobState publish(String jobId) {
        Job job = jobs.require(jobId);
        if (job.state().isFinal()) {
            return job.state();
        }
        List<PupilScores> scores = job.studentIds().stream()
                .map(student -> objects.pupilScores(job, student))
                .toList();
        Publisher.Published published;
        try {
            published = publisher.publish(session(job), job.roster(), scores);
        } catch (PipelineException failed) {
            jobs.move(
                    jobId,
                    JobState.PARTIAL,
                    Map.of(JobItems.ERROR, JobItems.text("not published: " + failed.getMessage())));
            LOG.warn("job {} is not published: {}", jobId, failed.getMessage());
            return jobs.require(jobId).state();
        }
        KillPoint.pass("AFTER_PUBLISHED_ROWS");
        jobs.move(
                jobId,
                JobState.SUCCEEDED,
                Map.of(
                        JobItems.OUTPUTS,
                        JobItems.texts(List.of(JobKeys.normalized(job), JobKeys.scores(job), JobKeys.aggregate(job))),
                        "persistence_metadata",
                        AttributeValue.fromM(Map.of(
                                "students_processed", number(published.students()),
                                "assessments_created", number(published.students()),
                                "evidence_created", number(published.evidence())))));
        KillPoint.pass("AFTER_JOB_SUCCEEDED");
        return jobs.require(jobId).state();
    }

    /** Publishes whatever is only partial. @return how many jobs are no longer */
    public int retryPartial() {
        int published = 0;
        for (Job job : jobs.in(JobState.PARTIAL, RETRIED_AT_ONCE)) {
            published += publish(job.jobId()) == JobState.SUCCEEDED ? 1 : 0;
        }
        return published;
    }

    /** @throws PipelineException UNAVAILABLE when the job is not published, DATA_REFUSED when it failed */
    public static void requireSucceeded(Job job) {
        switch (job.state()) {
            case SUCCEEDED -> {}
            case FAILED, CANCELLED ->
                throw new PipelineException(
                        ExitCode.DATA_REFUSED, job.jobId() + ": " + job.state().code() + ": " + job.error());
            default ->
                throw new PipelineException(
                        ExitCode.UNAVAILABLE,
                        job.jobId() + ": " + job.state().code() + ": " + job.error()
                                + "; the same request goes on where it stopped");
        }
    }

    private static Session session(Job job) {
        return new Session(
                job.jobId(),
                job.request().artifactId(),
                job.classId(),
                job.date(),
                job.request().modelVersion(),
                job.createdAt());
    }

    private static AttributeValue number(int value) {
        return AttributeValue.fromN(Integer.toString(value));
    }
}
