package io.trustpipeline.score;

import org.jspecify.annotations.Nullable;

/** A text addressed by Unicode code points, as Python does. A lone surrogate counts as one. Immutable. */
final class CodePoints {
    private final String text;
    private final int length;
    /** Where each code point begins in the text, or null when they are all one {@code char} wide. */
    private final int @Nullable [] offsets;

    CodePoints(String text) {
        this.text = text;
        this.length = text.codePointCount(0, text.length());
        this.offsets = length == text.length() ? null : offsets(text, length);
    }

    /** The text with U+FFFD in place of each lone surrogate, which no encoding of Unicode can hold. */
    static String wellFormed(String text) {
        if (text.codePoints().noneMatch(CodePoints::isSurrogate)) {
            return text;
        }
        return text.codePoints()
                .map(point -> isSurrogate(point) ? 0xFFFD : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static int[] offsets(String text, int length) {
        int[] offsets = new int[length + 1];
        int offset = 0;
        for (int i = 0; i < length; i++) {
            offsets[i] = offset;
            offset += Character.charCount(text.codePointAt(offset));
        }
        offsets[length] = offset;
        return offsets;
    }

    int length() {
        return length;
    }

    int at(int index) {
        return text.codePointAt(offset(index));
    }

    String slice(int start, int end) {
        return text.substring(offset(start), offset(end));
    }

    private int offset(int index) {
        return offsets == null ? index : offsets[index];
    }
}
