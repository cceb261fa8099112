package io.trustpipeline.spacy.regex;

import java.util.List;

/** A parsed pattern. Groups leave no trace: what they captured is never asked for. */
sealed interface Node {
    /** One character of a set. */
    record Chars(CodePointSet set) implements Node {}

    /** One part after the other; none at all is the empty pattern. */
    record Sequence(List<Node> parts) implements Node {}

    /** The first branch that leads to a match. */
    record Choice(List<Node> branches) implements Node {}

    /** The body {@code min} to {@code max} times, as often as possible when greedy. */
    record Repeat(Node body, int min, int max, boolean greedy) implements Node {
        static final int UNLIMITED = -1;
    }

    /** A condition on the place between two characters. */
    record Anchor(Place place) implements Node {}

    /** Whether the body matches here, ahead or behind. */
    record Look(Node body, boolean behind, boolean negative) implements Node {}

    enum Place {
        TEXT_START,
        LINE_START,
        TEXT_END,
        /** Before the line feed that ends the text, too. */
        TEXT_END_OR_LAST_LINE_FEED,
        LINE_END,
        WORD_BOUNDARY,
        NO_WORD_BOUNDARY
    }
}
