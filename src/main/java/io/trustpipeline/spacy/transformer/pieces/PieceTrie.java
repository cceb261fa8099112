package io.trustpipeline.spacy.transformer.pieces;

import java.util.Arrays;
import java.util.Map;

/** Pieces by their characters, one after the other. Immutable once it is made. */
final class PieceTrie {

    static final int NONE = -1;
    static final int ROOT = 0;

    /** Of a node and a character, or -1 where the table is free; open addressing. */
    private long[] keys = new long[1 << 10];

    private int[] children = new int[1 << 10];

    /** The piece that ends at each node. */
    private int[] pieces = new int[1 << 8];

    private int nodes = 1;

    /** @param pieces their numbers by their texts, none of which is empty */
    PieceTrie(Map<String, Integer> pieces) {
        Arrays.fill(keys, NONE);
        Arrays.fill(this.pieces, NONE);
        pieces.forEach((text, id) -> {
            int node = add(text);
            this.pieces[node] = id;
        });
    }

    private int add(String text) {
        int node = ROOT;
        for (int index = 0; index < text.length(); ) {
            int codePoint = text.codePointAt(index);
            int slot = slot(node, codePoint);
            if (keys[slot] == NONE) {
                keys[slot] = key(node, codePoint);
                children[slot] = nodes;
                node = open();
            } else {
                node = children[slot];
            }
            index += Character.charCount(codePoint);
        }
        return node;
    }

    private int open() {
        int node = nodes++;
        if (nodes > pieces.length) {
            int old = pieces.length;
            pieces = Arrays.copyOf(pieces, 2 * old);
            Arrays.fill(pieces, old, pieces.length, NONE);
        }
        if (2L * nodes > keys.length) {
            grow();
        }
        return node;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldChildren = children;
        keys = new long[2 * oldKeys.length];
        children = new int[keys.length];
        Arrays.fill(keys, NONE);
        for (int old = 0; old < oldKeys.length; old++) {
            if (oldKeys[old] != NONE) {
                int slot = slot((int) (oldKeys[old] >>> 21), (int) (oldKeys[old] & 0x1FFFFF));
                keys[slot] = oldKeys[old];
                children[slot] = oldChildren[old];
            }
        }
    }

    private static long key(int node, int codePoint) {
        return (long) node << 21 | codePoint;
    }

    private int slot(int node, int codePoint) {
        long key = key(node, codePoint);
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & keys.length - 1;
        while (keys[slot] != NONE && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    /** The node after a character, or {@value #NONE}. */
    int child(int node, int codePoint) {
        int slot = slot(node, codePoint);
        return keys[slot] == NONE ? NONE : children[slot];
    }

    /** The piece that ends at a node, or {@value #NONE}. */
    int piece(int node) {
        return pieces[node];
    }
}
