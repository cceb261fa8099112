package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.regex.Unicode;

/** The SHAPE of a word: {@code X} for upper case, {@code x} for other letters, {@code d} for digits, else itself. */
final class WordShape {
    private static final int LONG_WORD = 100;
    private static final int LONGEST_RUN = 4;

    private WordShape() {}

    /** Runs of one shape are cut after four; a word of a hundred code points or more is {@code LONG}. */
    static String of(String word) {
        if (word.codePointCount(0, word.length()) >= LONG_WORD) {
            return "LONG";
        }
        StringBuilder shape = new StringBuilder(word.length());
        int previous = -1;
        int run = 0;
        for (int index = 0; index < word.length(); ) {
            int codePoint = word.codePointAt(index);
            int mark = mark(codePoint);
            run = mark == previous ? run + 1 : 1;
            previous = mark;
            if (run <= LONGEST_RUN) {
                shape.appendCodePoint(mark);
            }
            index += Character.charCount(codePoint);
        }
        return shape.toString();
    }

    private static int mark(int codePoint) {
        if (Unicode.ALPHA.contains(codePoint)) {
            return Unicode.UPPER.contains(codePoint) ? 'X' : 'x';
        }
        return Unicode.DIGIT.contains(codePoint) ? 'd' : codePoint;
    }
}
