package io.trustpipeline.spacy.transformer.pieces;

import java.util.Map;
import java.util.PriorityQueue;

/**
 * Byte-level byte pair encoding (Radford et al. 2019, GPT-2): a text is split into words by a regular expression, a
 * word's UTF-8 bytes are its first pieces, and of adjacent pieces those of the lowest rank are merged, the leftmost
 * first, until none can be. Immutable but for what it remembers; shared by threads.
 */
final class ByteLevelBpe implements PieceModel {

    private static final int NONE = -1;

    /** Pieces of the 256 bytes. */
    private final int[] bytes;

    /** (left piece, right piece) to (rank, merged piece), each pair in the halves of a long. */
    private final Map<Long, Long> merges;

    private final boolean addPrefixSpace;
    private final int[] leading;
    private final int[] trailing;
    private final WordCache known = new WordCache();

    /**
     * @param bytes the pieces of the 256 bytes
     * @param merges from {@link #pair} of two pieces to {@link #pair} of rank and merged piece
     * @param blanks the leading and trailing blanks of each piece
     */
    ByteLevelBpe(int[] bytes, Map<Long, Long> merges, boolean addPrefixSpace, int[][] blanks) {
        this.bytes = bytes.clone();
        this.merges = Map.copyOf(merges);
        this.addPrefixSpace = addPrefixSpace;
        this.leading = blanks[0].clone();
        this.trailing = blanks[1].clone();
    }

    /** Two numbers in one. */
    static long pair(int high, int low) {
        return (long) high << 32 | low;
    }

    @Override
    public int leadingBlanks(int id) {
        return leading[id];
    }

    @Override
    public int trailingBlanks(int id) {
        return trailing[id];
    }

    @Override
    public void cut(int[] text, int from, int to, Pieces out) {
        int start = from;
        if (addPrefixSpace && text[from] != ' ') {
            start = WordSplit.endAfterBlank(text, from, to);
            new Word(text, from, start, true).cut(out);
        }
        while (start < to) {
            int end = WordSplit.end(text, start, to);
            if (!known.append(text, start, end, out)) {
                int first = out.count();
                new Word(text, start, end, false).cut(out);
                known.put(text, start, end, out, first);
            }
            start = end;
        }
    }

    /** Pieces of one word in the making: a doubly linked list in arrays. */
    private final class Word {
        private final int[] piece;
        private final int[] owner;
        private final int[] last;
        private final int[] next;
        private final int[] previous;
        private final int count;

        Word(int[] text, int start, int end, boolean prefix) {
            int capacity = 4 * (end - start) + 1;
            piece = new int[capacity];
            owner = new int[capacity];
            int length = prefix ? add(0, ' ', start) : 0;
            for (int at = start; at < end; at++) {
                length = add(length, text[at], at);
            }
            count = length;
            last = new int[count];
            next = new int[count];
            previous = new int[count];
            for (int i = 0; i < count; i++) {
                last[i] = i;
                next[i] = i + 1 < count ? i + 1 : NONE;
                previous[i] = i - 1;
            }
        }

        private int add(int at, int codePoint, int position) {
            int length = at;
            if (codePoint < 0x80) {
                length = put(length, codePoint, position);
            } else if (codePoint < 0x800) {
                length = put(length, 0xC0 | codePoint >> 6, position);
            } else if (codePoint < 0x10000) {
                length = put(length, 0xE0 | codePoint >> 12, position);
                length = put(length, 0x80 | codePoint >> 6 & 0x3F, position);
            } else {
                length = put(length, 0xF0 | codePoint >> 18, position);
                length = put(length, 0x80 | codePoint >> 12 & 0x3F, position);
                length = put(length, 0x80 | codePoint >> 6 & 0x3F, position);
            }
            return codePoint < 0x80 ? length : put(length, 0x80 | codePoint & 0x3F, position);
        }

        private int put(int at, int value, int position) {
            piece[at] = bytes[value];
            owner[at] = position;
            return at + 1;
        }

        void cut(Pieces out) {
            PriorityQueue<Merge> queue = new PriorityQueue<>();
            for (int i = 0; i + 1 < count; i++) {
                offer(queue, i);
            }
            for (Merge merge = queue.poll(); merge != null; merge = queue.poll()) {
                int left = merge.at;
                int right = piece[left] == NONE ? NONE : next[left];
                if (right == NONE || piece[left] != merge.left || piece[right] != merge.right) {
                    continue;
                }
                piece[left] = merge.merged;
                piece[right] = NONE;
                last[left] = last[right];
                next[left] = next[right];
                if (next[left] != NONE) {
                    previous[next[left]] = left;
                    offer(queue, left);
                }
                if (previous[left] != NONE) {
                    offer(queue, previous[left]);
                }
            }
            for (int i = 0; i != NONE && i < count; i = next[i]) {
                out.add(piece[i], owner[i], owner[last[i]] + 1);
            }
        }

        private void offer(PriorityQueue<Merge> queue, int at) {
            Long merge = merges.get(pair(piece[at], piece[next[at]]));
            if (merge != null) {
                queue.add(new Merge((int) (merge >> 32), at, piece[at], piece[next[at]], merge.intValue()));
            }
        }
    }

    private record Merge(int rank, int at, int left, int right, int merged) implements Comparable<Merge> {

        @Override
        public int compareTo(Merge other) {
            return rank == other.rank ? Integer.compare(at, other.at) : Integer.compare(rank, other.rank);
        }
    }
}
