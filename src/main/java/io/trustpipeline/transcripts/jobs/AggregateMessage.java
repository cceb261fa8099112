package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.time.LocalDate;

/** Says that every pupil of a job is scored. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record AggregateMessage(
        String jobId,
        String classId,
        LocalDate date,
        String scoresKey,
        int studentCount,
        String analysisMode,
        String modelVersion) {
    static AggregateMessage of(Job job) {
        return new AggregateMessage(
                job.jobId(),
                job.classId(),
                job.date(),
                JobKeys.scores(job),
                job.studentIds().size(),
                job.request().analysisMode(),
                job.request().modelVersion());
    }
}
