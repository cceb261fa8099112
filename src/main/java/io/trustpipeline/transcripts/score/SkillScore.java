package io.trustpipeline.transcripts.score;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/**
 * How much of a skill a pupil showed.
 *
 * @param score 0 to 1; null when nothing speaks for the skill, which is not the same as any number
 * @param confidence 0 to 1; 0 without a score
 * @param demonstrationCount sentences or spans that count
 * @param evidence the best quotes, best first
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SkillScore(
        @Nullable BigDecimal score, BigDecimal confidence, int demonstrationCount, List<Evidence> evidence) {
    static final SkillScore NONE = new SkillScore(null, BigDecimal.ZERO, 0, List.of());

    public SkillScore {
        evidence = List.copyOf(evidence);
    }
}
