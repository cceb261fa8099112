package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.regex.Node.Anchor;
import io.trustpipeline.spacy.regex.Node.Chars;
import io.trustpipeline.spacy.regex.Node.Choice;
import io.trustpipeline.spacy.regex.Node.Look;
import io.trustpipeline.spacy.regex.Node.Place;
import io.trustpipeline.spacy.regex.Node.Repeat;
import io.trustpipeline.spacy.regex.Node.Sequence;

import java.util.ArrayList;
import java.util.List;

/**
 * Parses the source text of a Python regular expression (CPython 3.11, {@code re/_parser.py}). Refused are the
 * constructs that no finite automaton has: references to groups, atomic groups, possessive repeats; and the flags
 * ASCII, LOCALE and VERBOSE.
 */
final class PatternParser {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_REPEAT = 1000;
    /** What comments and flags leave behind. */
    private static final Node NOTHING = new Sequence(List.of());

    private final PatternSource in;
    private int depth;
    private Flags flags = new Flags(false, false, false);

    /** The inline flags in force. */
    private record Flags(boolean ignoreCase, boolean multiline, boolean dotAll) {
        Flags with(int flag, boolean on, PatternSource in) {
            return switch (flag) {
                case 'i' -> new Flags(on, multiline, dotAll);
                case 'm' -> new Flags(ignoreCase, on, dotAll);
                case 's' -> new Flags(ignoreCase, multiline, on);
                case 'u' -> this;
                default -> throw in.unsupported("flag '" + Character.toString(flag) + "'");
            };
        }
    }

    private PatternParser(PatternSource in) {
        this.in = in;
    }

    /**
     * Parses a pattern.
     *
     * @param where what the pattern belongs to, for errors
     * @throws ModelException when it is not a pattern, or one that needs backtracking
     */
    static Node parse(String pattern, String where) {
        PatternSource in = new PatternSource(pattern, where);
        Node node = new PatternParser(in).choice();
        if (!in.atEnd()) {
            throw in.malformed("unbalanced parenthesis");
        }
        return node;
    }

    private Node choice() {
        if (++depth > MAX_DEPTH) {
            throw in.unsupported("more than " + MAX_DEPTH + " nested groups");
        }
        List<Node> branches = new ArrayList<>();
        do {
            branches.add(sequence());
        } while (in.take('|'));
        depth--;
        return branches.size() == 1 ? branches.get(0) : new Choice(branches);
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (!in.atEnd() && in.peek() != '|' && in.peek() != ')') {
            Node part = item();
            if (part != NOTHING) {
                parts.add(repeated(part));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Sequence(parts);
    }

    private Node item() {
        int character = in.next();
        return switch (character) {
            case '.' -> new Chars(flags.dotAll ? CodePointSet.ALL : Unicode.NOT_LINE_FEED);
            case '^' -> new Anchor(flags.multiline ? Place.LINE_START : Place.TEXT_START);
            case '$' -> new Anchor(flags.multiline ? Place.LINE_END : Place.TEXT_END_OR_LAST_LINE_FEED);
            case '(' -> group();
            case '[' -> new Chars(new ClassParser(in, flags.ignoreCase).characterClass());
            case '\\' -> escape();
            case '*', '+', '?' -> throw in.malformed("nothing to repeat");
            default -> literal(character);
        };
    }

    private Node literal(int character) {
        CodePointSet one = CodePointSet.of(character);
        return new Chars(flags.ignoreCase ? Unicode.ignoringCase(one) : one);
    }

    private Node escape() {
        switch (in.peek()) {
            case 'A' -> {
                in.next();
                return new Anchor(Place.TEXT_START);
            }
            case 'Z' -> {
                in.next();
                return new Anchor(Place.TEXT_END);
            }
            case 'b' -> {
                in.next();
                return new Anchor(Place.WORD_BOUNDARY);
            }
            case 'B' -> {
                in.next();
                return new Anchor(Place.NO_WORD_BOUNDARY);
            }
            default -> {
                CodePointSet category = in.category();
                return category != null ? new Chars(category) : literal(in.escapedCharacter());
            }
        }
    }

    private Node repeated(Node part) {
        int min = 0;
        int max = Repeat.UNLIMITED;
        if (in.take('+')) {
            min = 1;
        } else if (in.take('?')) {
            max = 1;
        } else if (!in.take('*')) {
            PatternSource.Count count = in.count(MAX_REPEAT);
            if (count == null) {
                return part;
            }
            min = count.min();
            max = count.max();
        }
        boolean greedy = !in.take('?');
        if (greedy && in.take('+')) {
            throw in.unsupported("a possessive repeat");
        }
        if (in.peek() == '*' || in.peek() == '+' || in.peek() == '?') {
            throw in.malformed("multiple repeat");
        }
        return new Repeat(part, min, max, greedy);
    }

    private Node group() {
        if (!in.take('?')) {
            return closed(choice());
        }
        Flags outer = flags;
        int kind = in.next();
        Node node =
                switch (kind) {
                    case ':' -> closed(choice());
                    case '=' -> new Look(closed(choice()), false, false);
                    case '!' -> new Look(closed(choice()), false, true);
                    case '<' -> behind();
                    case 'P' -> named();
                    case '#' -> comment();
                    case '>' -> throw in.unsupported("an atomic group");
                    case '(' -> throw in.unsupported("a group that depends on another");
                    default -> flags(kind);
                };
        if (node != NOTHING) {
            flags = outer;
        }
        return node;
    }

    private Node closed(Node body) {
        if (!in.take(')')) {
            throw in.malformed("missing ), unterminated subpattern");
        }
        return body;
    }

    private Node behind() {
        int kind = in.next();
        if (kind != '=' && kind != '!') {
            throw in.malformed("unknown extension ?<");
        }
        return new Look(closed(choice()), true, kind == '!');
    }

    private Node named() {
        int kind = in.next();
        if (kind != '<') {
            throw in.unsupported("a reference to a group");
        }
        while (!in.take('>')) {
            in.next();
        }
        return closed(choice());
    }

    private Node comment() {
        while (!in.take(')')) {
            in.next();
        }
        return NOTHING;
    }

    /** Flags for the whole pattern, {@code (?iu)}, or for one group, {@code (?i-s:...)}. */
    private Node flags(int first) {
        boolean on = true;
        for (int flag = first; flag != ')'; flag = in.next()) {
            if (flag == ':') {
                return closed(choice());
            }
            if (flag == '-') {
                on = false;
            } else {
                flags = flags.with(flag, on, in);
            }
        }
        return NOTHING;
    }
}
