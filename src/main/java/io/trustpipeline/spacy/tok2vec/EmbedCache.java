package io.trustpipeline.spacy.tok2vec;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Embedded rows by the attribute values they were computed from. Natural text repeats its words, so that nearly every
 * token is found here.
 *
 * <p>A key belongs to one pair of slots; a newcomer takes the first, and what was there goes to the second: bounded
 * without any bookkeeping. Entries are immutable and compared by their whole key, hence threads share the cache without
 * locks, and a lost race costs a computation, never a wrong row.
 */
final class EmbedCache {

    private static final int BYTES = 16 << 20;
    private static final int ENTRY_OVERHEAD = 80;

    private record Entry(long[] key, float[] row) {}

    private final AtomicReferenceArray<@Nullable Entry> slots;

    /** A cache for rows of this many floats under keys of that many values, of at most 16 MiB. */
    EmbedCache(int rowLength, int keyLength) {
        int entry = ENTRY_OVERHEAD + rowLength * Float.BYTES + keyLength * Long.BYTES;
        slots = new AtomicReferenceArray<>(Integer.highestOneBit(Math.max(2, BYTES / entry)));
    }

    float @Nullable [] get(long[] key) {
        int slot = slot(key);
        Entry first = slots.get(slot);
        if (first != null && Arrays.equals(first.key, key)) {
            return first.row;
        }
        Entry second = slots.get(slot + 1);
        return second != null && Arrays.equals(second.key, key) ? second.row : null;
    }

    void put(long[] key, float[] row) {
        int slot = slot(key);
        slots.set(slot + 1, slots.get(slot));
        slots.set(slot, new Entry(key, row));
    }

    /** The first slot of the key's pair. */
    private int slot(long[] key) {
        long hash = 0;
        for (long value : key) {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return (int) hash & (slots.length() - 2);
    }
}
