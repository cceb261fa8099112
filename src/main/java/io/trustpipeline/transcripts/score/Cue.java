package io.trustpipeline.transcripts.score;

import java.util.List;

/**
 * A keyword, which may have several words, or a short phrase.
 *
 * @param text as the list has it
 * @param forms its words
 */
record Cue(Kind kind, String text, List<String> forms) {
    /** What a cue of this kind contributes at least, in thousandths. */
    enum Kind {
        KEYWORD(600),
        PHRASE(800);

        private final int thousandths;

        Kind(int thousandths) {
            this.thousandths = thousandths;
        }

        int thousandths() {
            return thousandths;
        }
    }

    /** Whether it stands in a sentence from a word on. */
    boolean matches(List<Word> sentence, int from) {
        if (from + forms.size() > sentence.size()) {
            return false;
        }
        for (int i = 0; i < forms.size(); i++) {
            if (!forms.get(i).equals(sentence.get(from + i).form())) {
                return false;
            }
        }
        return true;
    }
}
