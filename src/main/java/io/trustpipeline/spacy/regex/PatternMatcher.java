package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.regex.Simulation.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Matches one pattern against parts of texts. A part is matched as if it were the whole text, as Python matches a slice
 * of a string. Indices are Java's, into the whole string, which must not hold lone surrogates. For one thread.
 */
public final class PatternMatcher {
    private static final int SHORT = 100;

    private final Simulation forwards;
    private final @Nullable Simulation backwards;
    private final boolean startsAtStart;
    private final @Nullable CodePointSet required;

    private String text = "";
    private int low;
    private int high;
    private boolean exhausted;
    private int start;
    private int end;

    PatternMatcher(PythonPattern pattern, StepBudget budget) {
        this.forwards = new Simulation(pattern.forwards(), budget);
        Program reversed = pattern.backwards();
        this.backwards = reversed == null ? null : new Simulation(reversed, budget);
        this.required = pattern.required();
        this.startsAtStart = pattern.startsAtStart();
    }

    /** Where the last match starts. */
    public int start() {
        return start;
    }

    /** Where the last match ends. */
    public int end() {
        return end;
    }

    /** Python's {@code match}: whether a match starts at the start of {@code text[low, high)}. */
    public boolean match(String text, int low, int high) {
        return !lacksRequired(text, low, high) && found(forwards.run(text, low, high, low, Mode.HERE, false));
    }

    /** Python's {@code search}: finds the first match in {@code text[low, high)}. */
    public boolean search(String text, int low, int high) {
        if (startsAtStart) {
            return match(text, low, high);
        }
        if (backwards == null || (high > low && text.charAt(high - 1) == '\n')) {
            return found(forwards.run(text, low, high, low, Mode.ANYWHERE, false));
        }
        // Every match ends at the end, so the one that starts first is the longest read from there.
        if (!backwards.run(text, low, high, high, Mode.HERE_LONGEST, false)) {
            return false;
        }
        start = backwards.matchEnd();
        end = high;
        return true;
    }

    /** Python's {@code finditer}: makes {@link #next} go through the matches in {@code text[low, high)}. */
    public void iterate(String text, int low, int high) {
        this.text = text;
        this.low = low;
        this.high = high;
        // Not an empty match, so that the first match may be one.
        start = low - 1;
        end = low;
        exhausted = lacksRequired(text, low, high);
    }

    /** Steps to the next match that does not overlap the last one. */
    public boolean next() {
        return !exhausted && found(forwards.run(text, low, high, end, Mode.ANYWHERE, start == end));
    }

    /** Looks at short parts alone: this is for words, and what is asked of a text again and again must not read it all. */
    private boolean lacksRequired(String text, int low, int high) {
        return required != null && high - low <= SHORT && !required.containsAny(text, low, high);
    }

    private boolean found(boolean found) {
        if (found) {
            start = forwards.matchStart();
            end = forwards.matchEnd();
        }
        return found;
    }
}
