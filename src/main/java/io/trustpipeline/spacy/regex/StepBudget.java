package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.ModelException;

/**
 * How many steps matchers may take together. One pass over a text takes time in proportion to its length; but conditions
 * inside conditions, and passes begun again at every character, can be made to multiply. Patterns and texts come from
 * outside, so somebody has to count. For one thread.
 */
public final class StepBudget {
    private static final long STEPS_A_CHARACTER = 2_000;
    /** What short texts may take beyond that: the spaces of a pattern's own length. */
    private static final int CHARACTERS_MORE = 10_000;

    private final String where;
    private long left = Long.MAX_VALUE;

    /**
     * Without an end until {@link #begin}.
     *
     * @param where what the patterns belong to, for errors
     */
    public StepBudget(String where) {
        this.where = where;
    }

    /** From here on as many steps as a text of so many characters can need. */
    public void begin(int characters) {
        left = STEPS_A_CHARACTER * ((long) characters + CHARACTERS_MORE);
    }

    /** @throws ModelException when there are no more */
    void spend(int steps) {
        left -= steps;
        if (left < 0) {
            throw ModelException.unsupported(
                    where,
                    "its regular expressions take more than " + STEPS_A_CHARACTER + " steps a character on this text");
        }
    }
}
