package io.trustpipeline.spacy.transformer;

import io.trustpipeline.spacy.Attribute;
import io.trustpipeline.spacy.Doc;
import io.trustpipeline.spacy.transformer.pieces.Pieces;
import io.trustpipeline.spacy.transformer.pieces.TokenPieces;

import java.util.ArrayDeque;
import java.util.Deque;

/** The pieces of a whole document, cut token by token, and the rows of some consecutive windows of them. For one thread. */
final class CutDocument {

    private final Pieces pieces = new Pieces();

    /** Where the pieces of each token start, and where those of the last end. */
    private final int[] starts;

    /** The rows of each window, one after the other. */
    private final Deque<float[]> windows = new ArrayDeque<>();

    private int first;

    CutDocument(Doc document, TokenPieces encoder) {
        int tokens = document.length();
        starts = new int[tokens + 1];
        pieces.append(encoder.open());
        for (int token = 0; token < tokens; token++) {
            starts[token] = pieces.count();
            if (document.attribute(Attribute.IS_SPACE, token) == 0) {
                boolean spaceBefore = token > 0 && document.spaceAfter(token - 1);
                encoder.cut(document.tokenText(token), spaceBefore, pieces);
            }
        }
        starts[tokens] = pieces.count();
        pieces.append(encoder.close());
    }

    Pieces pieces() {
        return pieces;
    }

    /** The first piece of a token; of the number of tokens: the piece after the last. */
    int start(int token) {
        return starts[token];
    }

    /** How many windows have pieces of tokens in their first {@code stride}. */
    int windows(int stride) {
        int end = starts[starts.length - 1];
        return end == starts[0] ? 0 : (end - 1) / stride + 1;
    }

    /** The number of the first window whose rows are here. */
    int first() {
        return first;
    }

    /** The rows of windows, from the {@link #first} on. */
    Deque<float[]> rows() {
        return windows;
    }

    /** Forgets all rows; the next are those of another window. */
    void restart(int window) {
        windows.clear();
        first = window;
    }

    /** Forgets the windows before one, but for the last of all: the next is averaged with it. */
    void forgetBefore(int window) {
        while (first < window && windows.size() > 1) {
            windows.removeFirst();
            first++;
        }
    }

    /** Takes the rows of the next window; where it overlaps the one before, both get the mean. */
    void append(float[] rows, int shift) {
        float[] before = windows.peekLast();
        int overlap = before == null ? 0 : Math.min(before.length - shift, rows.length);
        for (int i = 0; i < overlap; i++) {
            rows[i] = (before[shift + i] + rows[i]) / 2;
            before[shift + i] = rows[i];
        }
        windows.addLast(rows);
    }
}
