package io.trustpipeline.spacy.transformer.pieces;

/**
 * A text that is one piece wherever it occurs, such as {@code <mask>}.
 *
 * @param content its code points
 * @param special whether it stands for something other than text
 * @param leftStrip whether it takes the blanks before it
 * @param rightStrip whether it takes the blanks after it
 * @param singleWord whether it must not touch a letter, a digit or an underscore
 * @param normalized whether it is looked for after the text is normalised
 */
record AddedToken(
        int id,
        String content,
        boolean special,
        boolean leftStrip,
        boolean rightStrip,
        boolean singleWord,
        boolean normalized) {

    /** The same token, looked for as another text. */
    AddedToken spelt(String text) {
        return new AddedToken(id, text, special, leftStrip, rightStrip, singleWord, normalized);
    }

    /** The same token, looked for in the text as it is written. */
    AddedToken asWritten() {
        return new AddedToken(id, content, special, leftStrip, rightStrip, singleWord, false);
    }

    /** Whether the token stands at a place of a text. */
    boolean isAt(int[] text, int at, int end) {
        int length = content.codePointCount(0, content.length());
        if (at + length > end) {
            return false;
        }
        for (int index = 0, unit = 0; index < length; index++) {
            int codePoint = content.codePointAt(unit);
            if (codePoint != text[at + index]) {
                return false;
            }
            unit += Character.charCount(codePoint);
        }
        return true;
    }

    int length() {
        return content.codePointCount(0, content.length());
    }
}
