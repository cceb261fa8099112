package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.trustpipeline.run.KillPoint;
import io.trustpipeline.transcripts.read.Roster;
import io.trustpipeline.transcripts.score.PupilScores;
import io.trustpipeline.transcripts.score.Skill;
import io.trustpipeline.transcripts.score.SkillScore;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fourth step: the scores of a job's pupils together, and what they say of the class. */
public final class Aggregation {
    private final JobTable jobs;
    private final JobObjects objects;

    public Aggregation(JobTable jobs, JobObjects objects) {
        this.jobs = jobs;
        this.objects = objects;
    }

    /** What a job says of a class: means 0 to 100 of those who have a score. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Summary(String jobId, int students, Map<String, @Nullable BigDecimal> averages) {}

    /**
     * Aggregates, unless that is done.
     *
     * @param receives how often the message was handed out, this time included
     * @return the job, to be published; null when nothing is to be done: it has ended, or the message came before
     *     every pupil was scored
     */
    public @Nullable String aggregate(String body, int receives) {
        AggregateMessage message = JobJson.message(body, AggregateMessage.class);
        Job job = jobs.require(message.jobId());
        if (job.state().isEnd() || !job.isScored()) {
            return null;
        }
        jobs.move(job.jobId(), JobState.SCORED);
        jobs.move(job.jobId(), JobState.AGGREGATING);
        try {
            write(job);
        } catch (RuntimeException failed) {
            if (receives >= PupilScoring.MOST_RECEIVES) {
                jobs.fail(job.jobId(), "aggregation failed " + receives + " times: " + PupilScoring.reason(failed));
            }
            throw PupilScoring.withoutWords(failed, job.jobId());
        }
        KillPoint.pass("AFTER_AGGREGATE");
        return job.jobId();
    }

    private void write(Job job) {
        List<PupilScores> pupils = scores(job);
        objects.store().putIfAbsent(JobKeys.scores(job), JobJson.bytes(result(job, pupils)));
        KillPoint.pass("AFTER_RESULT");
        objects.store().putIfAbsent(JobKeys.aggregate(job), JobJson.bytes(summary(job, pupils)));
    }

    List<PupilScores> scores(Job job) {
        return job.studentIds().stream()
                .map(student -> objects.pupilScores(job, student))
                .toList();
    }

    static JobResult result(Job job, List<PupilScores> pupils) {
        Roster roster = job.roster();
        Map<String, StudentResult> students = new TreeMap<>();
        pupils.forEach(pupil -> students.put(pupil.studentId(), StudentResult.of(pupil, roster)));
        return new JobResult(
                job.jobId(),
                job.classId(),
                job.date(),
                job.request().modelVersion(),
                job.request().analysisMode(),
                job.createdAt(),
                students,
                Map.of(
                        "source", job.request().source(),
                        "line_count", Integer.toString(job.lineCount())));
    }

    static Summary summary(Job job, List<PupilScores> pupils) {
        Map<String, @Nullable BigDecimal> averages = new TreeMap<>();
        for (Skill skill : Skill.values()) {
            averages.put("avg_" + skill.code(), mean(pupils, skill));
        }
        return new Summary(job.jobId(), pupils.size(), averages);
    }

    private static @Nullable BigDecimal mean(List<PupilScores> pupils, Skill skill) {
        BigDecimal sum = BigDecimal.ZERO;
        int count = 0;
        for (PupilScores pupil : pupils) {
            SkillScore score = pupil.skills().get(skill);
            if (score != null && score.score() != null) {
                sum = sum.add(score.score());
                count++;
            }
        }
        return count == 0 ? null : sum.movePointRight(2).divide(BigDecimal.valueOf(count), 2, RoundingMode.HALF_EVEN);
    }
}
