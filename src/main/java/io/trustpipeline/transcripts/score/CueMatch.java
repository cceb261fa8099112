package io.trustpipeline.transcripts.score;

import io.trustpipeline.transcripts.read.Utterance;

import java.math.BigDecimal;

/** A cue where it stands: char indices of the utterance's text. */
record CueMatch(Cue cue, Utterance line, int start, int end) {
    /** A span of ten characters has all of what length can give. */
    private static final int THOUSANDTHS_A_CHARACTER = 20;

    private static final int MOST_FOR_LENGTH = 200;
    private static final int MOST = 1_000;

    /** The base of its kind + min(length / 50, 0.2), at most 1; in thousandths. */
    int contribution() {
        int length = line.text().codePointCount(start, end);
        return Math.min(MOST, cue.kind().thousandths() + Math.min(length * THOUSANDTHS_A_CHARACTER, MOST_FOR_LENGTH));
    }

    boolean overlaps(CueMatch other) {
        return line.equals(other.line) && start < other.end && other.start < end;
    }

    Evidence evidence(BigDecimal confidence) {
        String kind =
                switch (cue.kind()) {
                    case KEYWORD -> "keyword";
                    case PHRASE -> "phrase";
                };
        return QuotedText.of(
                line, start, end, kind + " \"" + cue.text() + "\"", BigDecimal.valueOf(contribution(), 3), confidence);
    }
}
