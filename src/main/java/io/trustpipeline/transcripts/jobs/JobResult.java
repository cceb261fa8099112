package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * The result of a job, as an object for whoever reads no database.
 *
 * @param generatedAt when the job began, so that a repetition writes the same bytes
 * @param students by id
 * @param metadata {@code source} and {@code line_count}
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record JobResult(
        String jobId,
        String classId,
        LocalDate date,
        String modelVersion,
        String analysisMode,
        Instant generatedAt,
        Map<String, StudentResult> students,
        Map<String, String> metadata) {
    JobResult {
        students = new TreeMap<>(students);
        metadata = new TreeMap<>(metadata);
    }
}
