package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.Lexeme;

import java.util.Arrays;
import java.util.BitSet;

/** The tokens of a document in the making. */
final class TokenBuffer {
    private static final int FIRST_CAPACITY = 64;

    private Lexeme[] lexemes = new Lexeme[FIRST_CAPACITY];
    private final BitSet spaces = new BitSet();
    private int length;

    int length() {
        return length;
    }

    Lexeme lexeme(int token) {
        return lexemes[token];
    }

    boolean spaceAfter(int token) {
        return spaces.get(token);
    }

    void add(Lexeme... tokens) {
        if (length + tokens.length > lexemes.length) {
            lexemes = Arrays.copyOf(lexemes, Math.max(lexemes.length * 2, length + tokens.length));
        }
        System.arraycopy(tokens, 0, lexemes, length, tokens.length);
        length += tokens.length;
    }

    /** Says whether a space follows the last token. */
    void spaceAfterLast(boolean space) {
        spaces.set(length - 1, space);
    }

    Doc doc(String text) {
        return new Doc(text, Arrays.copyOf(lexemes, length), spaces);
    }
}
