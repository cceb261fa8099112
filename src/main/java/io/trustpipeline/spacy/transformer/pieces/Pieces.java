package io.trustpipeline.spacy.transformer.pieces;

import java.util.Arrays;

/**
 * The pieces of a text with their offsets: half-open, in code points of that text; (0, 0) for the special pieces around
 * it. Grows as needed and is used again for the next text; for one thread.
 */
public final class Pieces {

    private int[] ids = new int[64];
    private int[] starts = new int[64];
    private int[] ends = new int[64];
    private int count;

    /** Drops all pieces. */
    public void clear() {
        count = 0;
    }

    /** Appends a piece without text. */
    public void append(int id) {
        add(id, 0, 0);
    }

    void add(int id, int start, int end) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
            starts = Arrays.copyOf(starts, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        ids[count] = id;
        starts[count] = start;
        ends[count] = end;
        count++;
    }

    void move(int piece, int start, int end) {
        starts[piece] = start;
        ends[piece] = end;
    }

    /** Drops all pieces from this number on. */
    public void truncate(int length) {
        count = Math.min(count, length);
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** A piece's number in the vocabulary. */
    public int id(int piece) {
        return ids[piece];
    }

    /** Where a piece's text starts. */
    public int start(int piece) {
        return starts[piece];
    }

    /** Where a piece's text ends. */
    public int end(int piece) {
        return ends[piece];
    }
}
