package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.time.LocalDate;

/** Asks for the scores of one pupil in one job. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record ScoreMessage(
        String jobId,
        String studentId,
        String normalizedKey,
        String classId,
        LocalDate date,
        int lineCount,
        String analysisMode,
        String modelVersion) {}
