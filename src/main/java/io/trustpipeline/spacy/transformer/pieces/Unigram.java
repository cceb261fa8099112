package io.trustpipeline.spacy.transformer.pieces;

import java.util.Arrays;
import java.util.Map;

/**
 * A unigram language model of pieces (Kudo 2018): of all ways to cut a text, the one whose pieces' log probabilities have the
 * largest sum, found by Viterbi's algorithm. A character that is no piece costs more than any piece; of such characters in a row
 * one unknown piece is made. Immutable.
 */
final class Unigram {

    /** How much less likely than the least likely piece what is unknown is. */
    private static final double PENALTY = 10;

    private static final int NONE = -1;

    private final PieceTrie trie;
    private final double[] scores;
    private final int unknown;
    private final double unknownScore;
    private final boolean single;

    /**
     * @param pieces their numbers by their texts
     * @param scores by number
     * @param unknown the number of the unknown piece
     * @param least the smallest score of a piece
     * @param single whether sums are kept in float32, as SentencePiece keeps them; Hugging Face's tokenizers keep float64
     */
    Unigram(Map<String, Integer> pieces, double[] scores, int unknown, double least, boolean single) {
        this.trie = new PieceTrie(pieces);
        this.scores = scores.clone();
        this.unknown = unknown;
        this.unknownScore = single ? (float) least - (float) PENALTY : least - PENALTY;
        this.single = single;
    }

    /** Takes the pieces of a text, in its order. */
    interface Sink {
        /** A piece, and where its text is. */
        void add(int piece, int start, int end);
    }

    /** Cuts {@code text[from, to)}, which is not empty. */
    void cut(int[] text, int from, int to, Sink out) {
        int length = to - from;
        double[] best = new double[length + 1];
        int[] starts = new int[length + 1];
        int[] pieces = new int[length + 1];
        Arrays.fill(starts, NONE);
        for (int start = 0; start < length; start++) {
            boolean known = false;
            int node = PieceTrie.ROOT;
            for (int end = start + 1; end <= length; end++) {
                node = trie.child(node, text[from + end - 1]);
                if (node == PieceTrie.NONE) {
                    break;
                }
                int piece = trie.piece(node);
                if (piece != PieceTrie.NONE) {
                    known |= end == start + 1;
                    offer(piece, scores[piece] + best[start], start, end, best, starts, pieces);
                }
            }
            if (!known) {
                double score = unknownScore + best[start];
                offer(unknown, single ? (float) score : score, start, start + 1, best, starts, pieces);
            }
        }
        follow(text, from, length, starts, pieces, out);
    }

    private void offer(int piece, double score, int start, int end, double[] best, int[] starts, int[] pieces) {
        if (starts[end] == NONE || score > best[end]) {
            best[end] = single ? (float) score : score;
            starts[end] = start;
            pieces[end] = piece;
        }
    }

    /** Turns the best path round, joins what is unknown, and hands it on. */
    private void follow(int[] text, int from, int length, int[] starts, int[] pieces, Sink out) {
        int[] next = new int[length + 1];
        for (int end = length; end > 0; end = starts[end]) {
            next[starts[end]] = end;
        }
        for (int start = 0; start < length; ) {
            int end = next[start];
            int piece = pieces[end];
            while (piece == unknown && end < length && pieces[next[end]] == unknown) {
                end = next[end];
            }
            out.add(piece, from + start, from + end);
            start = end;
        }
    }
}
