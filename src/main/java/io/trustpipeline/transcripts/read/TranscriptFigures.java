package io.trustpipeline.transcripts.read;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.util.List;

/**
 * What is known of a transcript without its words.
 *
 * @param totalLines utterances
 * @param studentIds of pupils who speak, sorted
 * @param unmappedSpeakers how many speakers are neither pupils of the roster nor teachers
 * @param language of what is said
 * @param warnings the first ten
 * @param warningCount all of them
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TranscriptFigures(
        int totalLines,
        String format,
        int studentCount,
        List<String> studentIds,
        int unmappedSpeakers,
        Language language,
        List<String> warnings,
        int warningCount) {
    public TranscriptFigures {
        studentIds = List.copyOf(studentIds);
        warnings = List.copyOf(warnings);
    }
}
