package io.trustpipeline.spacy.transformer.pieces;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The pieces of words that came before. Each word has one slot, in which the latest stays, so that memory is bounded (about
 * 2 MB); words are compared character by character. Entries are immutable, hence threads share them without locks.
 */
final class WordCache {

    private static final int SLOTS = 1 << 14;

    /** Longer words hardly ever come again. */
    private static final int LONGEST = 24;

    /** Of a piece: its number, where its text starts and ends in the word. */
    private static final int VALUES = 3;

    /** @param word in code points */
    @SuppressWarnings("ArrayRecordComponent")
    private record Entry(int[] word, int[] pieces) {}

    private final AtomicReferenceArray<@Nullable Entry> slots = new AtomicReferenceArray<>(SLOTS);

    /** Appends the pieces of the word {@code text[start, end)}, if they are known. */
    boolean append(int[] text, int start, int end, Pieces out) {
        Entry entry = slots.get(slot(text, start, end));
        if (entry == null || !Arrays.equals(entry.word, 0, entry.word.length, text, start, end)) {
            return false;
        }
        int[] pieces = entry.pieces;
        for (int at = 0; at < pieces.length; at += VALUES) {
            out.add(pieces[at], start + pieces[at + 1], start + pieces[at + 2]);
        }
        return true;
    }

    /** Remembers that the pieces from {@code first} on are those of the word. */
    void put(int[] text, int start, int end, Pieces made, int first) {
        if (end - start > LONGEST) {
            return;
        }
        int[] pieces = new int[VALUES * (made.count() - first)];
        for (int piece = first; piece < made.count(); piece++) {
            int at = VALUES * (piece - first);
            pieces[at] = made.id(piece);
            pieces[at + 1] = made.start(piece) - start;
            pieces[at + 2] = made.end(piece) - start;
        }
        slots.set(slot(text, start, end), new Entry(Arrays.copyOfRange(text, start, end), pieces));
    }

    private static int slot(int[] text, int start, int end) {
        int hash = 0;
        for (int at = start; at < end; at++) {
            hash = (hash + text[at]) * 0x9E3779B1;
            hash ^= hash >>> 15;
        }
        return hash & SLOTS - 1;
    }
}
