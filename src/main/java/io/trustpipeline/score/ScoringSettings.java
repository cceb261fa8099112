package io.trustpipeline.score;

/**
 * How a {@link Scorer} works.
 *
 * @param threads how many texts are scored at a time
 * @param maxLength longest text that is scored, in Unicode code points
 * @param keyRequired whether a comment without a key is rejected
 */
public record ScoringSettings(int threads, int maxLength, boolean keyRequired) {
    /** {@code nlp.max_length} of spaCy, which refuses longer texts. */
    public static final int SPACY_MAX_LENGTH = 1_000_000;

    public ScoringSettings {
        if (threads < 1 || maxLength < 1) {
            throw new IllegalArgumentException("threads and maxLength must be at least 1");
        }
    }

    /** Comments with keys, as long as spaCy takes them. */
    public static ScoringSettings of(int threads) {
        return of(threads, SPACY_MAX_LENGTH);
    }

    /** Comments with keys, of at most so many code points. */
    public static ScoringSettings of(int threads, int maxLength) {
        return new ScoringSettings(threads, maxLength, true);
    }
}
