package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.time.LocalDate;
import java.util.List;

/** Asks for the scores of one pupil in one job. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ScoreMessage(
        String jobId,
        String studentId,
        String normalizedKey,
        String classId,
        LocalDate date,
        int lineCount,
        Metadata metadata,
        String analysisMode,
        String modelVersion) {

    /** What the transcript was, for whoever looks at a message among the dead letters. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Metadata(String format, int totalLines, int studentCount, List<String> studentIds) {
        Metadata {
            studentIds = List.copyOf(studentIds);
        }
    }

    static ScoreMessage of(Job job, String studentId) {
        return new ScoreMessage(
                job.jobId(),
                studentId,
                JobKeys.normalized(job),
                job.classId(),
                job.date(),
                job.lineCount(),
                new Metadata(
                        job.format().ending(), job.lineCount(), job.studentIds().size(), job.studentIds()),
                job.request().analysisMode(),
                job.request().modelVersion());
    }
}
