package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.regex.Unicode;

import java.util.Set;

/** The yes-or-no attributes of a word that are the same in all languages, as {@code spacy/lang/lex_attrs.py} and Python's {@code str} decide them. */
final class Flags {
    private static final int ASCII_END = 128;
    private static final Set<String> BRACKETS = Set.of("(", ")", "[", "]", "{", "}", "<", ">");
    private static final Set<String> QUOTES =
            Set.of("\"", "'", "`", "«", "»", "‘", "’", "‚", "‛", "“", "”", "„", "‟", "‹", "›", "❮", "❯", "''", "``");
    private static final Set<String> LEFT =
            Set.of("(", "[", "{", "<", "\"", "'", "«", "‘", "‚", "‛", "“", "„", "‟", "‹", "❮", "``");
    private static final Set<String> RIGHT = Set.of(")", "]", "}", ">", "\"", "'", "»", "’", "”", "›", "❯", "''");

    private Flags() {}

    /** One bit a flag, as {@link Attribute#bit()} numbers them. */
    static int of(String word) {
        return LikeAddress.flags(word)
                | bit(Attribute.IS_ALPHA, Unicode.ALPHA.containsAll(word))
                | bit(Attribute.IS_DIGIT, Unicode.DIGIT.containsAll(word))
                | bit(Attribute.IS_SPACE, Unicode.SPACE.containsAll(word))
                | bit(Attribute.IS_PUNCT, Unicode.PUNCTUATION.containsAll(word))
                | bit(Attribute.IS_ASCII, word.chars().allMatch(unit -> unit < ASCII_END))
                | bit(Attribute.IS_BRACKET, BRACKETS.contains(word))
                | bit(Attribute.IS_QUOTE, QUOTES.contains(word))
                | bit(Attribute.IS_LEFT_PUNCT, LEFT.contains(word))
                | bit(Attribute.IS_RIGHT_PUNCT, RIGHT.contains(word))
                | letterCase(word);
    }

    /** {@code str.islower}, {@code str.isupper} and {@code str.istitle}: characters without case do not count. */
    private static int letterCase(String word) {
        boolean lower = false;
        boolean upper = false;
        boolean titleCase = false;
        boolean title = true;
        boolean afterCased = false;
        for (int index = 0; index < word.length(); ) {
            int codePoint = word.codePointAt(index);
            boolean isLower = Unicode.LOWER.contains(codePoint);
            boolean isTitle = Unicode.TITLE.contains(codePoint);
            boolean isUpper = Unicode.UPPER.contains(codePoint);
            title &= isLower ? afterCased : !((isUpper || isTitle) && afterCased);
            afterCased = isLower || isUpper || isTitle;
            lower |= isLower;
            upper |= isUpper;
            titleCase |= isTitle;
            index += Character.charCount(codePoint);
        }
        return bit(Attribute.IS_LOWER, lower && !upper && !titleCase)
                | bit(Attribute.IS_UPPER, upper && !lower && !titleCase)
                | bit(Attribute.IS_TITLE, title && (upper || titleCase));
    }

    static int bit(Attribute flag, boolean set) {
        return set ? flag.bit() : 0;
    }
}
