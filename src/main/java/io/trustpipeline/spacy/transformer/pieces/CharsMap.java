package io.trustpipeline.spacy.transformer.pieces;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * SentencePiece's table of what characters become: {@code precompiled_charsmap}, that is, the size of a double array (darts-clone),
 * the array, whose keys are UTF-8, and the replacements, each ended by a NUL. Immutable.
 */
final class CharsMap {

    private static final int NONE = -1;

    /** Bytes of the longest replacement: a character of Unicode becomes 18 at most. */
    private static final int LONGEST = 1024;

    private final int[] units;
    private final byte[] replacements;

    private CharsMap(int[] units, byte[] replacements) {
        this.units = units;
        this.replacements = replacements;
    }

    /** Reads a table; null when its sizes do not fit its bytes, or a replacement would make texts grow without measure. */
    static @Nullable CharsMap read(byte[] table) {
        ByteBuffer in = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        if (table.length < Integer.BYTES) {
            return null;
        }
        int size = in.getInt();
        if (size < Integer.BYTES || size % Integer.BYTES != 0 || size > in.remaining()) {
            return null;
        }
        int[] units = new int[size / Integer.BYTES];
        in.asIntBuffer().get(units);
        in.position(in.position() + size);
        byte[] replacements = new byte[in.remaining()];
        in.get(replacements);
        return longest(replacements) > LONGEST ? null : new CharsMap(units, replacements);
    }

    private static int longest(byte[] replacements) {
        int longest = 0;
        int start = 0;
        for (int at = 0; at <= replacements.length; at++) {
            if (at == replacements.length || replacements[at] == 0) {
                longest = Math.max(longest, at - start);
                start = at + 1;
            }
        }
        return longest;
    }

    /** A key that a text starts with: how many characters it has, and where its replacement is. */
    record Match(int length, int replacement) {}

    /** The shortest key that {@code text[from, to)} starts with. */
    @Nullable
    Match shortest(int[] text, int from, int to) {
        return find(text, from, to, false);
    }

    /** The longest key that {@code text[from, to)} starts with. */
    @Nullable
    Match longest(int[] text, int from, int to) {
        return find(text, from, to, true);
    }

    private @Nullable Match find(int[] text, int from, int to, boolean longest) {
        Match found = null;
        int node = offset(units[0]);
        for (int at = from; at < to && node != NONE; at++) {
            node = step(node, text[at]);
            if (node != NONE && isLeaf(node)) {
                int leaf = node ^ offset(units[node]);
                if (leaf < units.length) {
                    found = new Match(at + 1 - from, units[leaf] & Integer.MAX_VALUE);
                }
                if (!longest) {
                    return found;
                }
            }
            node = node == NONE ? NONE : node ^ offset(units[node]);
        }
        return found;
    }

    private boolean isLeaf(int node) {
        return (units[node] >> 8 & 1) == 1;
    }

    /** The node of a character's last byte, from the place below which the first is looked for. */
    private int step(int below, int codePoint) {
        if (codePoint < 0x80) {
            // A NUL ends every key.
            return codePoint == 0 ? NONE : child(below, codePoint);
        }
        int bytes = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        int lead = (0xF00 >> bytes & 0xFF) | codePoint >> 6 * (bytes - 1);
        int node = child(below, lead);
        for (int left = bytes - 2; left >= 0 && node != NONE; left--) {
            node = child(node ^ offset(units[node]), 0x80 | codePoint >> 6 * left & 0x3F);
        }
        return node;
    }

    private int child(int below, int value) {
        int node = below ^ value;
        boolean known = node < units.length && (units[node] & (1 << 31 | 0xFF)) == value;
        return known ? node : NONE;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >> 6);
    }

    /** What a key becomes, in code points; may be empty. */
    int[] replacement(Match match) {
        // A damaged table may name a place behind its end.
        int start = Math.min(match.replacement, replacements.length);
        int end = start;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return new String(replacements, start, end - start, StandardCharsets.UTF_8)
                .codePoints()
                .toArray();
    }
}
