package io.trustpipeline.spacy.transformer.pieces;

import java.util.Map;

/**
 * BERT's pieces (Devlin et al. 2018): a text is normalised, split at blanks and around punctuation, and of each word the
 * longest prefix that the vocabulary knows is taken again and again. Immutable.
 */
final class WordPiece implements PieceModel {

    private final LongestPrefixes known;
    private final BertRules rules;
    private final int unknown;

    /**
     * What is done to the text.
     *
     * @param clean whether control characters are dropped
     * @param chinese whether Chinese characters are words of their own
     * @param strip whether accents are dropped
     * @param lower whether the text is lowered
     * @param prefix of the pieces that continue a word
     * @param maxWord code points of the longest word that is looked at
     */
    record BertRules(boolean clean, boolean chinese, boolean strip, boolean lower, String prefix, int maxWord) {}

    WordPiece(Map<String, Integer> vocabulary, BertRules rules, int unknown) {
        this.known = new LongestPrefixes(vocabulary, rules.prefix);
        this.rules = rules;
        this.unknown = unknown;
    }

    @Override
    public void cut(int[] text, int from, int to, Pieces out) {
        Word word = new Word();
        for (int at = from; at < to; at++) {
            int codePoint = text[at];
            if (rules.clean && Characters.BERT_REMOVED.contains(codePoint)) {
                continue;
            }
            if (rules.clean && Characters.BERT_BLANK.contains(codePoint)) {
                codePoint = ' ';
            }
            boolean alone = rules.chinese && Characters.BERT_CHINESE.contains(codePoint);
            if (alone) {
                word.cut(out);
            }
            for (int stripped : rules.strip ? Characters.stripped(codePoint) : new int[] {codePoint}) {
                for (int lowered : rules.lower ? Characters.lower(stripped) : new int[] {stripped}) {
                    append(lowered, at, word, out);
                }
            }
            if (alone) {
                word.cut(out);
            }
        }
        word.cut(out);
    }

    private static void append(int codePoint, int at, Word word, Pieces out) {
        if (Characters.BERT_SPACE.contains(codePoint)) {
            word.cut(out);
        } else if (Characters.BERT_PUNCTUATION.contains(codePoint)) {
            word.cut(out);
            word.add(codePoint, at);
            word.cut(out);
        } else {
            word.add(codePoint, at);
        }
    }

    /** A word in the making. What is longer than the longest that is looked at needs no letters. */
    private final class Word {
        private final int[] letters = new int[rules.maxWord];
        private final int[] owners = new int[rules.maxWord];
        private final int[] pieces = new int[rules.maxWord];
        private final int[] ends = new int[rules.maxWord];
        private int length;
        private int last;

        void add(int codePoint, int at) {
            if (length < rules.maxWord) {
                letters[length] = codePoint;
                owners[length] = at;
            }
            length++;
            last = at;
        }

        void cut(Pieces out) {
            if (length == 0) {
                return;
            }
            int count = length > rules.maxWord ? 0 : known.find(letters, length, pieces, ends);
            if (count == 0) {
                out.add(unknown, owners[0], last + 1);
            }
            for (int piece = 0; piece < count; piece++) {
                int start = piece == 0 ? 0 : ends[piece - 1];
                out.add(pieces[piece], owners[start], owners[ends[piece] - 1] + 1);
            }
            length = 0;
        }
    }
}
