package io.trustpipeline.transcripts.jobs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.trustpipeline.transcripts.publish.Publisher;
import io.trustpipeline.transcripts.read.Pupil;
import io.trustpipeline.transcripts.read.Roster;
import io.trustpipeline.transcripts.score.Evidence;
import io.trustpipeline.transcripts.score.PupilScores;
import io.trustpipeline.transcripts.score.Skill;
import io.trustpipeline.transcripts.score.SkillScore;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pupil in the result of a job. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record StudentResult(
        String studentId,
        String studentName,
        @Nullable String studentExternalId,
        Map<Skill, Score> scores,
        Map<Skill, List<Evidence>> evidence,
        int utteranceCount,
        int wordsSpoken,
        int droppedQuotes) {

    /**
     * One skill.
     *
     * @param score 0 to 10; null without evidence
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Score(@Nullable BigDecimal score, BigDecimal confidence, int evidenceCount, int demonstrationCount) {}

    static StudentResult of(PupilScores pupil, Roster roster) {
        Pupil known = roster.pupil(pupil.studentId()).orElse(null);
        Map<Skill, Score> scores = new TreeMap<>();
        Map<Skill, List<Evidence>> evidence = new TreeMap<>();
        pupil.skills().forEach((skill, score) -> {
            scores.put(skill, score(score));
            evidence.put(skill, score.evidence());
        });
        return new StudentResult(
                pupil.studentId(),
                known == null ? "" : known.name(),
                known == null ? null : known.externalRef(),
                scores,
                evidence,
                pupil.utteranceCount(),
                pupil.wordsSpoken(),
                pupil.droppedQuotes());
    }

    private static Score score(SkillScore score) {
        return new Score(
                Publisher.tenths(score.score()),
                score.confidence(),
                score.evidence().size(),
                score.demonstrationCount());
    }
}
