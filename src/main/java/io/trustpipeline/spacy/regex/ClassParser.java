package io.trustpipeline.spacy.regex;

import java.util.BitSet;

/** Parses a character class, after its opening bracket. */
final class ClassParser {
    private static final int CATEGORY = -1;
    private static final int BACKSPACE = 8;

    private final PatternSource in;
    private final boolean ignoreCase;
    private final BitSet members = new BitSet();

    ClassParser(PatternSource in, boolean ignoreCase) {
        this.in = in;
        this.ignoreCase = ignoreCase;
    }

    CodePointSet characterClass() {
        boolean negated = in.take('^');
        // A closing bracket that comes first is a member.
        do {
            member();
        } while (!in.take(']'));
        CodePointSet set = CodePointSet.of(members);
        if (ignoreCase) {
            set = Unicode.ignoringCase(set);
        }
        return negated ? set.complement() : set;
    }

    private void member() {
        int first = character();
        int last = first;
        if (in.peek() == '-' && in.peekSecond() != ']') {
            in.next();
            last = character();
            if (first == CATEGORY || last < first) {
                throw in.malformed("bad character range");
            }
        }
        if (first != CATEGORY) {
            members.set(first, last + 1);
        }
    }

    /** One character, or CATEGORY when an escape has added a whole category. */
    private int character() {
        if (!in.take('\\')) {
            return in.next();
        }
        if (in.take('b')) {
            return BACKSPACE;
        }
        CodePointSet category = in.category();
        if (category == null) {
            return in.escapedCharacter();
        }
        category.addTo(members);
        return CATEGORY;
    }
}
