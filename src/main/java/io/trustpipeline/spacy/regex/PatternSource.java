package io.trustpipeline.spacy.regex;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.regex.Node.Repeat;
import org.jspecify.annotations.Nullable;

/** The characters of a pattern's source text, and the tokens that mean the same inside and outside of classes. */
final class PatternSource {
    private static final int END = -1;
    private static final int MAX_OCTAL = 0377;

    private final int[] characters;
    private final String where;
    private int position;

    /** How often {@code {m,n}} repeats. */
    record Count(int min, int max) {}

    PatternSource(String pattern, String where) {
        this.characters = pattern.codePoints().toArray();
        this.where = where;
    }

    boolean atEnd() {
        return position == characters.length;
    }

    /** The next character, which stays; -1 at the end. */
    int peek() {
        return atEnd() ? END : characters[position];
    }

    /** The character after the next one; -1 when there is none. */
    int peekSecond() {
        return position + 1 < characters.length ? characters[position + 1] : END;
    }

    int next() {
        if (atEnd()) {
            throw malformed("unexpected end of pattern");
        }
        return characters[position++];
    }

    boolean take(int character) {
        if (peek() == character) {
            position++;
            return true;
        }
        return false;
    }

    /** A count in braces, or null, with nothing read, when there is none: braces that do not count are themselves. */
    @Nullable
    Count count(int largest) {
        int mark = position;
        if (take('{')) {
            String low = digits();
            boolean range = take(',');
            String high = range ? digits() : low;
            if (take('}') && (range || !low.isEmpty())) {
                int min = low.isEmpty() ? 0 : repeats(low, largest);
                int max = high.isEmpty() ? Repeat.UNLIMITED : repeats(high, largest);
                if (max != Repeat.UNLIMITED && max < min) {
                    throw malformed("min repeat greater than max repeat");
                }
                return new Count(min, max);
            }
        }
        position = mark;
        return null;
    }

    private String digits() {
        StringBuilder digits = new StringBuilder();
        while (peek() >= '0' && peek() <= '9') {
            digits.appendCodePoint(next());
        }
        return digits.toString();
    }

    private int repeats(String digits, int largest) {
        if (digits.length() > 9 || Integer.parseInt(digits) > largest) {
            throw unsupported("more than " + largest + " repeats");
        }
        return Integer.parseInt(digits);
    }

    /** After a backslash: the set of a category escape such as {@code \d}, or null, with nothing read. */
    @Nullable
    CodePointSet category() {
        CodePointSet set =
                switch (peek()) {
                    case 'd' -> Unicode.DECIMAL;
                    case 'D' -> Unicode.NOT_DECIMAL;
                    case 's' -> Unicode.BLANK;
                    case 'S' -> Unicode.NOT_BLANK;
                    case 'w' -> Unicode.WORD;
                    case 'W' -> Unicode.NOT_WORD;
                    default -> null;
                };
        if (set != null) {
            position++;
        }
        return set;
    }

    /** After a backslash: the one character that the escape stands for. */
    int escapedCharacter() {
        int character = next();
        return switch (character) {
            case 'a' -> '\u0007';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> '\u000B';
            case 'x' -> hexadecimal(2);
            case 'u' -> hexadecimal(4);
            case 'U' -> hexadecimal(8);
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> octal(character);
            default -> {
                if ((character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z')) {
                    throw unsupported("the escape \\" + Character.toString(character));
                }
                yield character;
            }
        };
    }

    private int hexadecimal(int digits) {
        int value = 0;
        for (int digit = 0; digit < digits; digit++) {
            int nibble = Character.digit(next(), 16);
            if (nibble < 0 || value > Character.MAX_CODE_POINT >> 4) {
                throw malformed("bad hexadecimal escape");
            }
            value = value << 4 | nibble;
        }
        if (value > Character.MAX_CODE_POINT) {
            throw malformed("bad hexadecimal escape");
        }
        return value;
    }

    /** {@code \0}, {@code \012} or {@code \123}; any other number names a group. */
    private int octal(int first) {
        boolean three = isOctal(first) && isOctal(peek()) && isOctal(peekSecond());
        if (first != '0' && !three) {
            throw unsupported("a reference to a group");
        }
        int value = first - '0';
        for (int digit = 0; digit < 2 && isOctal(peek()); digit++) {
            value = value * 8 + next() - '0';
        }
        if (value > MAX_OCTAL) {
            throw malformed("octal escape out of range");
        }
        return value;
    }

    private static boolean isOctal(int character) {
        return character >= '0' && character <= '7';
    }

    ModelException malformed(String problem) {
        return ModelException.corrupt(where, "malformed regular expression: " + problem + " at character " + position);
    }

    ModelException unsupported(String construct) {
        return ModelException.unsupported(where, "regular expression with " + construct + " at character " + position);
    }
}
