package io.trustpipeline.spacy;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A tokenised text: tokens that join to the text exactly. Immutable. Character offsets are in Unicode code points unless a name
 * says otherwise.
 */
public final class Doc {
    private final String text;
    private final Lexeme[] lexemes;
    private final BitSet spaces;
    /** Where each token starts, and where the text ends: in UTF-16 units, then in code points (often the same array). */
    private final int[] units;

    private final int[] chars;

    /**
     * @param lexemes the tokens; their texts, each followed by one space where {@code spaces} says so, make up the text
     * @throws IllegalArgumentException when they do not
     */
    public Doc(String text, Lexeme[] lexemes, BitSet spaces) {
        this.text = text;
        this.lexemes = lexemes.clone();
        this.spaces = (BitSet) spaces.clone();
        this.units = new int[lexemes.length + 1];
        boolean astral = false;
        for (int token = 0; token < lexemes.length; token++) {
            String word = lexemes[token].text();
            units[token + 1] = units[token] + word.length() + (spaces.get(token) ? 1 : 0);
            astral |= word.length() != lexemes[token].length();
        }
        if (units[lexemes.length] != text.length()) {
            throw new IllegalArgumentException(
                    "tokens make " + units[lexemes.length] + " UTF-16 units of a text of " + text.length());
        }
        this.chars = astral ? codePointOffsets() : units;
    }

    private int[] codePointOffsets() {
        int[] offsets = new int[lexemes.length + 1];
        for (int token = 0; token < lexemes.length; token++) {
            offsets[token + 1] = offsets[token] + lexemes[token].length() + (spaces.get(token) ? 1 : 0);
        }
        return offsets;
    }

    /** The text that the tokens join to. Lone surrogates of the input stand here as U+FFFD. */
    public String text() {
        return text;
    }

    /** Number of tokens. */
    public int length() {
        return lexemes.length;
    }

    /** The token's word; tokens of one text and normal form share it. */
    public Lexeme lexeme(int token) {
        return lexemes[token];
    }

    /** The value of a token's attribute as the bits of spaCy's unsigned 64-bit integer. */
    public long attribute(Attribute attribute, int token) {
        return attribute == Attribute.SPACY ? (spaces.get(token) ? 1 : 0) : lexemes[token].attribute(attribute);
    }

    /** Offset of the token's first character. */
    public int startChar(int token) {
        return chars[token];
    }

    /** Offset after the token's last character, before the space that may follow. */
    public int endChar(int token) {
        return chars[token] + lexemes[token].length();
    }

    public String tokenText(int token) {
        return lexemes[token].text();
    }

    /** Whether a single U+0020 follows the token. */
    public boolean spaceAfter(int token) {
        return spaces.get(token);
    }

    /** The part of the text between two offsets; costs the length of the part, not of the text. */
    public String slice(int startChar, int endChar) {
        if (startChar < 0 || startChar > endChar || endChar > chars[lexemes.length]) {
            throw new IndexOutOfBoundsException(
                    "[" + startChar + ", " + endChar + ") of " + chars[lexemes.length] + " characters");
        }
        return text.substring(unit(startChar), unit(endChar));
    }

    private int unit(int character) {
        int found = Arrays.binarySearch(chars, character);
        int token = found >= 0 ? found : -found - 2;
        return text.offsetByCodePoints(units[token], character - chars[token]);
    }
}
