package io.trustpipeline.spacy;

/**
 * A word with all that depends on it alone. Immutable. Everything here follows from the text, the normal form and the
 * language's flags, so two lexemes are equal when those are; a vocabulary hands out one object a pair for as long as its cache holds it, which
 * makes the usual comparison one of identity. Fit as a key of further caches, across models too.
 */
public final class Lexeme {
    /** The 64-bit string ids ({@code StringStore}) of a lexeme's attributes. */
    public record Ids(long orth, long lower, long norm, long prefix, long suffix, long shape) {}

    private final String text;
    private final String norm;
    private final Ids ids;
    private final int flags;
    private final int length;
    private final int hash;

    /**
     * @param flags one bit a flag, as {@link Attribute#bit()} numbers them
     */
    public Lexeme(String text, String norm, Ids ids, int flags) {
        this.text = text;
        this.norm = norm;
        this.ids = ids;
        this.flags = flags;
        this.length = text.codePointCount(0, text.length());
        this.hash = Long.hashCode(ids.orth * 31 + ids.norm);
    }

    public String text() {
        return text;
    }

    public String norm() {
        return norm;
    }

    public Ids ids() {
        return ids;
    }

    public int flags() {
        return flags;
    }

    /** Number of code points. */
    public int length() {
        return length;
    }

    /** The value of an attribute as the bits of spaCy's unsigned 64-bit integer; SPACY belongs to tokens and is refused. */
    public long attribute(Attribute attribute) {
        return switch (attribute) {
            case ORTH -> ids.orth;
            case LOWER -> ids.lower;
            case NORM -> ids.norm;
            case SHAPE -> ids.shape;
            case PREFIX -> ids.prefix;
            case SUFFIX -> ids.suffix;
            case LENGTH -> length;
            case SPACY -> throw new IllegalArgumentException("SPACY is an attribute of a token, not of a lexeme");
            default -> (flags & attribute.bit()) == 0 ? 0 : 1;
        };
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Lexeme lexeme
                        && ids.orth == lexeme.ids.orth
                        && ids.norm == lexeme.ids.norm
                        && flags == lexeme.flags
                        && text.equals(lexeme.text)
                        && norm.equals(lexeme.norm));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return text;
    }
}
