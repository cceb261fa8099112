package io.trustpipeline.spacy;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * The token attributes of spaCy that follow from the text alone, under spaCy's names and numbers ({@code
 * spacy/attrs.pxd}). String attributes have the 64-bit id of the string as their value, flags 0 or 1.
 */
public enum Attribute {
    /** The token as written. */
    ORTH(65),
    /** The token in lower case. */
    LOWER(66),
    /** The normal form: a special case's own, else from a table, else the lower case. */
    NORM(67),
    /** The pattern of upper case, lower case, digits and the rest, such as {@code Xxx'x} or {@code dd:dd}. */
    SHAPE(68),
    /** The first code point. */
    PREFIX(69),
    /** The last three code points. */
    SUFFIX(70),
    /** Number of code points. */
    LENGTH(71),
    /** 1 when a single space follows the token. */
    SPACY(81),
    IS_ALPHA(1),
    IS_ASCII(2),
    IS_DIGIT(3),
    IS_LOWER(4),
    IS_PUNCT(5),
    IS_SPACE(6),
    IS_TITLE(7),
    IS_UPPER(8),
    IS_BRACKET(14),
    IS_QUOTE(15),
    IS_LEFT_PUNCT(16),
    IS_RIGHT_PUNCT(17);

    private static final int FLAGS = 64;
    private static final Map<Integer, Attribute> BY_NUMBER = new HashMap<>();

    static {
        for (Attribute attribute : values()) {
            BY_NUMBER.put(attribute.number, attribute);
        }
    }

    private final int number;

    Attribute(int number) {
        this.number = number;
    }

    /** The attribute's number in spaCy's symbol table; a flag's number is also its bit in {@link Lexeme#flags()}. */
    public int number() {
        return number;
    }

    boolean isFlag() {
        return number < FLAGS;
    }

    /** The bit of a flag. */
    public int bit() {
        if (!isFlag()) {
            throw new IllegalStateException(this + " is not a flag");
        }
        return 1 << number;
    }

    /**
     * The attribute of a name as model files hold it, or of a number in digits.
     *
     * @param where the file or component that asks for it, for the error
     * @throws ModelException when this engine cannot compute it from the text
     */
    public static Attribute parse(String name, String where) {
        for (Attribute attribute : values()) {
            if (attribute.name().equals(name)
                    || Integer.toString(attribute.number).equals(name)) {
                return attribute;
            }
        }
        throw unsupported("'" + name + "'", where);
    }

    /**
     * The attribute of a number.
     *
     * @param where the file or component that asks for it, for the error
     * @throws ModelException when this engine cannot compute it from the text
     */
    public static Attribute parse(long number, String where) {
        @Nullable Attribute attribute = number == (int) number ? BY_NUMBER.get((int) number) : null;
        if (attribute == null) {
            throw unsupported("number " + number, where);
        }
        return attribute;
    }

    private static ModelException unsupported(String attribute, String where) {
        return ModelException.unsupported(
                where, "token attribute " + attribute + " cannot be computed from the text alone");
    }
}
