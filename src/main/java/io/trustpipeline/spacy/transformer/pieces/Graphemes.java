package io.trustpipeline.spacy.transformer.pieces;

/**
 * Extended grapheme clusters (Unicode Standard Annex 29), without the rule for flags, which no cluster of few bytes depends
 * on.
 */
final class Graphemes {

    private static final int JOINER = 0x200D;

    private Graphemes() {}

    /** The end of the cluster that starts at {@code start}. */
    static int end(int[] text, int start, int to) {
        boolean picture = Characters.GRAPHEME_PICTURE.contains(text[start]);
        boolean joined = false;
        int at = start + 1;
        while (at < to && !breaks(text[at - 1], text[at], joined)) {
            int codePoint = text[at++];
            joined = picture && codePoint == JOINER;
            picture = picture && Characters.GRAPHEME_EXTEND.contains(codePoint)
                    || Characters.GRAPHEME_PICTURE.contains(codePoint);
        }
        return at;
    }

    private static boolean breaks(int left, int right, boolean pictureAndJoiner) {
        if (left == '\r' && right == '\n') {
            return false;
        }
        if (Characters.GRAPHEME_CONTROL.contains(left) || Characters.GRAPHEME_CONTROL.contains(right)) {
            return true;
        }
        boolean together = Characters.GRAPHEME_EXTEND.contains(right)
                || Characters.GRAPHEME_SPACING.contains(right)
                || Characters.GRAPHEME_PREPEND.contains(left)
                || Hangul.of(left).joins(Hangul.of(right))
                || pictureAndJoiner && Characters.GRAPHEME_PICTURE.contains(right);
        return !together;
    }

    /** Parts of Korean syllables. */
    private enum Hangul {
        LEAD,
        VOWEL,
        TRAIL,
        SYLLABLE_WITHOUT_TRAIL,
        SYLLABLE_WITH_TRAIL,
        OTHER;

        static Hangul of(int codePoint) {
            if (codePoint < 0x1100) {
                return OTHER;
            }
            if (codePoint <= 0x115F || codePoint >= 0xA960 && codePoint <= 0xA97C) {
                return LEAD;
            }
            if (codePoint <= 0x11A7 || codePoint >= 0xD7B0 && codePoint <= 0xD7C6) {
                return VOWEL;
            }
            if (codePoint <= 0x11FF || codePoint >= 0xD7CB && codePoint <= 0xD7FB) {
                return TRAIL;
            }
            if (codePoint < 0xAC00 || codePoint > 0xD7A3) {
                return OTHER;
            }
            return (codePoint - 0xAC00) % 28 == 0 ? SYLLABLE_WITHOUT_TRAIL : SYLLABLE_WITH_TRAIL;
        }

        boolean joins(Hangul next) {
            return switch (this) {
                case LEAD -> next != TRAIL && next != OTHER;
                case VOWEL, SYLLABLE_WITHOUT_TRAIL -> next == VOWEL || next == TRAIL;
                case TRAIL, SYLLABLE_WITH_TRAIL -> next == TRAIL;
                case OTHER -> false;
            };
        }
    }
}
