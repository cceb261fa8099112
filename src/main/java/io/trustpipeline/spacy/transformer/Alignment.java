package io.trustpipeline.spacy.transformer;

import java.util.Arrays;

/** Pairs of token and piece that belong together; the pieces of each token ascend. Used again for the next window. */
final class Alignment {

    private int[] tokens = new int[64];
    private int[] pieces = new int[64];
    private int count;

    void clear() {
        count = 0;
    }

    void add(int token, int piece) {
        if (count == tokens.length) {
            tokens = Arrays.copyOf(tokens, 2 * count);
            pieces = Arrays.copyOf(pieces, 2 * count);
        }
        tokens[count] = token;
        pieces[count] = piece;
        count++;
    }

    int count() {
        return count;
    }

    int token(int pair) {
        return tokens[pair];
    }

    int piece(int pair) {
        return pieces[pair];
    }
}
