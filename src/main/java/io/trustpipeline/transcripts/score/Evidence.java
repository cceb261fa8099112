package io.trustpipeline.transcripts.score;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import java.math.BigDecimal;

/**
 * A quote that speaks for a skill.
 *
 * @param quote verbatim
 * @param location {@code line N}
 * @param lineNumber of the utterance
 * @param startOffset code points of the utterance's text before the quote
 * @param endOffset code points of the utterance's text up to its end
 * @param context the quote with up to 100 characters before and behind it
 * @param rationale why it counts, for people
 * @param scoreContribution 0 to 1
 * @param confidence 0 to 1
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Evidence(
        String quote,
        String location,
        int lineNumber,
        int startOffset,
        int endOffset,
        String context,
        String rationale,
        BigDecimal scoreContribution,
        BigDecimal confidence) {}
