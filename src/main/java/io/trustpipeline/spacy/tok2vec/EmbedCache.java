package io.trustpipeline.spacy.tok2vec;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
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
    private static final int ENTRY_OVERHEAD = 88;

    /**
     * A row under its key.
     *
     * @param id positive and never given twice, so that it stands for the key; {@link Tok2Vec#UNKNOWN} when there are
     *     no numbers left
     */
    record Entry(long[] key, float[] row, int id) {}

    private final AtomicReferenceArray<@Nullable Entry> slots;
    private final AtomicInteger ids = new AtomicInteger();

    /** A cache for rows of this many floats under keys of that many values, of at most 16 MiB. */
    EmbedCache(int rowLength, int keyLength) {
        int entry = ENTRY_OVERHEAD + rowLength * Float.BYTES + keyLength * Long.BYTES;
        slots = new AtomicReferenceArray<>(Integer.highestOneBit(Math.max(2, BYTES / entry)));
    }

    @Nullable
    Entry get(long[] key) {
        int slot = slot(key);
        Entry first = slots.get(slot);
        if (first != null && Arrays.equals(first.key, key)) {
            return first;
        }
        Entry second = slots.get(slot + 1);
        return second != null && Arrays.equals(second.key, key) ? second : null;
    }

    /** Keeps a row, unless one is there already; returns the one that is kept. */
    Entry put(long[] key, float[] row) {
        Entry present = get(key);
        if (present != null) {
            return present;
        }
        int slot = slot(key);
        Entry entry = new Entry(key, row, nextId());
        slots.set(slot + 1, slots.get(slot));
        slots.set(slot, entry);
        return entry;
    }

    private int nextId() {
        int last = ids.getAndUpdate(id -> id == Integer.MAX_VALUE ? id : id + 1);
        return last == Integer.MAX_VALUE ? Tok2Vec.UNKNOWN : last + 1;
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
