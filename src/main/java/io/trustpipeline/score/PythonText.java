package io.trustpipeline.score;

import io.trustpipeline.spacy.regex.Unicode;

/**
 * What Python's string methods say of characters, where Java's say something else. The results of a run must not
 * depend on which Unicode version a JDK knows, so what Unicode versions differ in comes from tables.
 */
final class PythonText {
    private static final CodePointSet WORD = CodePointSet.read("word.txt");

    private PythonText() {}

    /** {@code str.isspace} of one character. */
    static boolean isSpace(int codePoint) {
        return switch (codePoint) {
            case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default ->
                (codePoint >= 0x9 && codePoint <= 0xD)
                        || (codePoint >= 0x1C && codePoint <= 0x20)
                        || (codePoint >= 0x2000 && codePoint <= 0x200A);
        };
    }

    /** {@code not text or text.isspace()}. */
    static boolean isBlank(String text) {
        return text.chars().allMatch(PythonText::isSpace);
    }

    /** {@code str.strip}. */
    static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** {@code str.lower}. */
    static String lower(String text) {
        return Unicode.lower(text);
    }

    /** In {@code string.punctuation}. */
    static boolean isPunctuation(int codePoint) {
        return (codePoint >= '!' && codePoint <= '/')
                || (codePoint >= ':' && codePoint <= '@')
                || (codePoint >= '[' && codePoint <= '`')
                || (codePoint >= '{' && codePoint <= '~');
    }

    /** Matches {@code \w}. */
    static boolean isWord(int codePoint) {
        return WORD.contains(codePoint);
    }
}
