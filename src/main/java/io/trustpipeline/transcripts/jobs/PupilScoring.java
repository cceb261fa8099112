package io.trustpipeline.transcripts.jobs;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.transcripts.score.Assessor;
import io.trustpipeline.transcripts.score.PupilScores;
import org.jspecify.annotations.Nullable;

/**
 * The third step, once a pupil: scores are stored first, and counted then. A message that comes twice, late or out of
 * order finds its work done; one that fails for the third time fails its job, and nothing neutral is stored.
 */
public final class PupilScoring {
    /** How often the queue hands a message out before it gives it to the dead letters. */
    public static final int MOST_RECEIVES = 3;

    private final JobTable jobs;
    private final JobObjects objects;
    private final Assessor assessor;

    public PupilScoring(JobTable jobs, JobObjects objects, Assessor assessor) {
        this.jobs = jobs;
        this.objects = objects;
        this.assessor = assessor;
    }

    /**
     * Scores.
     *
     * @param receives how often the message was handed out, this time included
     * @return the message that all of the job's pupils are scored; null while some are missing
     * @throws PipelineException when it cannot; the queue hands the message out again
     */
    public @Nullable String score(String body, int receives) {
        ScoreMessage message = JobJson.message(body, ScoreMessage.class);
        Job job = jobs.require(message.jobId());
        if (job.state().isEnd()) {
            return null;
        }
        try {
            return score(job, message.studentId());
        } catch (RuntimeException failed) {
            if (receives >= MOST_RECEIVES) {
                jobs.fail(job.jobId(), "scoring failed " + receives + " times: " + reason(failed));
            }
            throw withoutWords(failed, job.jobId());
        }
    }

    /** What a scorer or a library says may quote a pupil, and would stand in a log; where it said so may stand there. */
    static PipelineException withoutWords(RuntimeException failed, String jobId) {
        if (failed instanceof PipelineException known) {
            return known;
        }
        PipelineException wordless = new PipelineException(ExitCode.DEFECT, jobId + ": " + reason(failed));
        wordless.setStackTrace(failed.getStackTrace());
        return wordless;
    }

    private @Nullable String score(Job job, String studentId) {
        if (!job.studentIds().contains(studentId)) {
            throw new PipelineException(ExitCode.DATA_REFUSED, job.jobId() + ": a message of a pupil who says nothing");
        }
        String wanted = job.request().modelVersion();
        if (!wanted.equals(assessor.scorer().modelVersion())) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    job.jobId() + ": wants scorer " + wanted + "; this one is "
                            + assessor.scorer().modelVersion());
        }
        String key = JobKeys.pupilScores(job, studentId);
        if (!objects.store().exists(key)) {
            PupilScores scores = assessor.assess(studentId, objects.transcript(job));
            KillPoint.pass("BEFORE_PUPIL_SCORES");
            objects.store().putIfAbsent(key, JobJson.bytes(scores));
        }
        KillPoint.pass("AFTER_PUPIL_SCORES");
        Job now = jobs.scored(job.jobId(), studentId);
        KillPoint.pass("AFTER_PUPIL_COUNTED");
        if (!now.isScored()) {
            return null;
        }
        jobs.move(job.jobId(), JobState.SCORED);
        KillPoint.pass("AFTER_JOB_SCORED");
        return JobJson.text(AggregateMessage.of(now));
    }

    /** Only what we say ourselves: what others say may quote a text. */
    static String reason(RuntimeException failed) {
        return failed instanceof PipelineException known
                ? String.valueOf(known.getMessage())
                : failed.getClass().getSimpleName();
    }
}
