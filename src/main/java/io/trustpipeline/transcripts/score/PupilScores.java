package io.trustpipeline.transcripts.score;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a scorer says of a pupil in a transcript.
 *
 * @param studentId a UUID
 * @param skills every skill there is
 * @param droppedQuotes evidence that did not stand in the pupil's lines and was left out
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record PupilScores(
        String studentId, Map<Skill, SkillScore> skills, int utteranceCount, int wordsSpoken, int droppedQuotes) {
    public PupilScores {
        skills = new TreeMap<>(skills);
    }
}
