package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.regex.Node.Anchor;
import io.trustpipeline.spacy.regex.Node.Place;
import org.jspecify.annotations.Nullable;

/** A compiled Python regular expression. Immutable, shared by threads; each takes a matcher of its own. */
public final class PythonPattern {
    private final Program forwards;
    private final @Nullable Program backwards;
    private final boolean startsAtStart;
    private final @Nullable CodePointSet required;

    private PythonPattern(Node node, String where) {
        this.forwards = Compiler.compile(node, false, where);
        this.required = Required.of(node);
        this.startsAtStart = Simplifier.first(node).equals(new Anchor(Place.TEXT_START));
        boolean endsAtEnd = Simplifier.last(node).equals(new Anchor(Place.TEXT_END_OR_LAST_LINE_FEED));
        this.backwards = endsAtEnd ? Compiler.compile(node, true, where) : null;
    }

    /**
     * Compiles a pattern.
     *
     * @param where what the pattern belongs to, for errors
     * @throws ModelException when it is malformed, or of a kind that cannot be matched in linear time
     */
    public static PythonPattern compile(String source, String where) {
        return new PythonPattern(Simplifier.simplify(PatternParser.parse(source, where)), where);
    }

    /** A new matcher, for one thread. */
    public PatternMatcher matcher() {
        return matcher(new StepBudget("a regular expression"));
    }

    /** A new matcher, for one thread, that may not take more steps than it has. */
    public PatternMatcher matcher(StepBudget budget) {
        return new PatternMatcher(this, budget);
    }

    Program forwards() {
        return forwards;
    }

    /** The program to read from the text's end, when every match ends there; else null. */
    @Nullable
    Program backwards() {
        return backwards;
    }

    /** A set of which every match has a character, or null. */
    @Nullable
    CodePointSet required() {
        return required;
    }

    boolean startsAtStart() {
        return startsAtStart;
    }
}
