package io.trustpipeline.transcripts.publish;

import java.time.Instant;
import java.time.LocalDate;

/**
 * The lesson that was assessed, and by what.
 *
 * @param artifactId the transcript; two jobs of one transcript assess the same lesson
 * @param createdAt of the job, so that a repetition writes the same rows
 */
public record Session(
        String jobId, String artifactId, String classId, LocalDate date, String modelVersion, Instant createdAt) {}
