package io.trustpipeline.transcripts.score;

import io.trustpipeline.transcripts.read.Utterance;

import java.math.BigDecimal;

/** Evidence made of a part of an utterance. */
final class QuotedText {
    private static final int CONTEXT = 100;

    private QuotedText() {}

    /**
     * @param start char index in the utterance's text
     * @param end char index behind the quote
     */
    static Evidence of(
            Utterance line, int start, int end, String rationale, BigDecimal contribution, BigDecimal confidence) {
        String text = line.text();
        int from = text.offsetByCodePoints(start, -Math.min(CONTEXT, text.codePointCount(0, start)));
        int to = text.offsetByCodePoints(end, Math.min(CONTEXT, text.codePointCount(end, text.length())));
        return new Evidence(
                text.substring(start, end),
                "line " + line.lineNumber(),
                line.lineNumber(),
                text.codePointCount(0, start),
                text.codePointCount(0, end),
                text.substring(from, to),
                rationale,
                contribution,
                confidence);
    }
}
