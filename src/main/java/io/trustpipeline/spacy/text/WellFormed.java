package io.trustpipeline.spacy.text;

/** Makes any Java string one that Python could hold: text without lone surrogates. */
final class WellFormed {
    private static final char REPLACEMENT = '\uFFFD';

    private WellFormed() {}

    /** The text with U+FFFD in place of each lone surrogate; all offsets stay as they are. */
    static String text(String text) {
        int lone = nextLoneSurrogate(text, 0);
        if (lone < 0) {
            return text;
        }
        StringBuilder repaired = new StringBuilder(text);
        while (lone >= 0) {
            repaired.setCharAt(lone, REPLACEMENT);
            lone = nextLoneSurrogate(text, lone + 1);
        }
        return repaired.toString();
    }

    private static int nextLoneSurrogate(String text, int from) {
        for (int index = from; index < text.length(); index++) {
            if (Character.isHighSurrogate(text.charAt(index))
                    && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1))) {
                index++;
            } else if (Character.isSurrogate(text.charAt(index))) {
                return index;
            }
        }
        return -1;
    }
}
