package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.nn.Tiles;

/**
 * Some candidate spans that are scored together: half-open token ranges, each with the slot that decides its place in the
 * output. Candidates of one slot are always in spaCy's order. Belongs to one thread.
 */
final class CandidateTile {

    final int[] start;
    final int[] end;
    final int[] slot;
    private int size;
    private int firstToken;
    private int lastToken;

    CandidateTile(int capacity) {
        start = new int[capacity];
        end = new int[capacity];
        slot = new int[capacity];
    }

    void clear() {
        size = 0;
        firstToken = Integer.MAX_VALUE;
        lastToken = 0;
    }

    void add(int from, int to, int place) {
        start[size] = from;
        end[size] = to;
        slot[size++] = place;
        firstToken = Math.min(firstToken, from);
        lastToken = Math.max(lastToken, to);
    }

    int size() {
        return size;
    }

    int capacity() {
        return start.length;
    }

    /** Capacity in whole kernel tiles. */
    int room() {
        return Tiles.ceil(capacity());
    }

    int room(int more) {
        return capacity() - size - more;
    }

    /** The first token of any candidate. */
    int firstToken() {
        return firstToken;
    }

    /** Where the last candidate starts. */
    int lastStart() {
        return start[size - 1];
    }

    /** One past the last token of any candidate. */
    int lastToken() {
        return lastToken;
    }

    /** Tokens that the tile would span if it also had this candidate. */
    int spread(int from, int to) {
        return Math.max(lastToken, to) - Math.min(firstToken, from);
    }

    /**
     * Whether a candidate starts where the one before it does and is not shorter, so that what is known of that one's
     * tokens can be carried on.
     */
    boolean continues(int candidate) {
        return candidate > 0 && start[candidate] == start[candidate - 1] && end[candidate] >= end[candidate - 1];
    }
}
