package io.trustpipeline.spacy;

import org.jspecify.annotations.Nullable;

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
    IS_RIGHT_PUNCT(17),
    LIKE_URL(9),
    LIKE_EMAIL(11),
    /** Depends on the language. */
    IS_CURRENCY(18),
    /** Depends on the language. */
    IS_STOP(12),
    /** Depends on the language. */
    LIKE_NUM(10);

    private static final int FLAGS = 64;

    private final int number;

    Attribute(int number) {
        this.number = number;
    }

    /** The attribute's number in spaCy's symbol table; a flag's number is also its bit in {@link Lexeme#flags()}. */
    public int number() {
        return number;
    }

    /** The bit of a flag. */
    public int bit() {
        if (number >= FLAGS) {
            throw new IllegalStateException(this + " is not a flag");
        }
        return 1 << number;
    }

    /** Whether the language's own rules decide it, so that only the vocabulary knows whether it can be computed. */
    public boolean dependsOnLanguage() {
        return switch (this) {
            case IS_CURRENCY, IS_STOP, LIKE_NUM -> true;
            default -> false;
        };
    }

    /** The attribute of a name as model files hold it, or of a number in digits; null when there is none here. */
    public static @Nullable Attribute find(String name) {
        for (Attribute attribute : values()) {
            if (attribute.name().equals(name)
                    || Integer.toString(attribute.number).equals(name)) {
                return attribute;
            }
        }
        return null;
    }

    /**
     * The attribute of a name as model files hold it, or of a number in digits.
     *
     * @param where the file or component that asks for it, for the error
     * @throws ModelException when this engine cannot compute it from the text, whatever the language
     */
    public static Attribute parse(String name, String where) {
        Attribute attribute = find(name);
        if (attribute == null || attribute.dependsOnLanguage()) {
            throw unsupported(name, where);
        }
        return attribute;
    }

    /** As {@link #parse(String, String)}, of a number. */
    public static Attribute parse(long number, String where) {
        return parse(Long.toString(number), where);
    }

    /** The error of a model that needs an attribute which cannot be computed. */
    public static ModelException unsupported(String name, String where) {
        return ModelException.unsupported(
                where, "token attribute '" + name + "' cannot be computed from the text alone");
    }
}
