package io.trustpipeline.spacy.tok2vec;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Embedded rows by the attribute values they were computed from. Natural text repeats its words, so that nearly every
 * token is found here.
 *
 * <p>A key belongs to one set of slots. Whatever is found moves one place towards the front, and a newcomer takes a
 * place in the middle and pushes the last one out: bounded without a lock or a list, and frequent words stay. Entries are
 * immutable and compared by their whole key, hence threads share the cache, and a lost race costs a computation, never a
 * wrong row.
 */
final class EmbedCache {

    private static final int BYTES = 16 << 20;
    private static final int ENTRY_OVERHEAD = 96;
    private static final int WAYS = 8;

    /** The place of a newcomer in a full set. */
    private static final int ENTRANCE = 4;

    /** A row under its key, and what else was computed from it. */
    static final class Entry {

        private final long[] key;
        private final long hash;
        private final float[] row;
        private final int id;
        private volatile float @Nullable [] products;

        /** A hint; threads may overwrite each other's. */
        private boolean used;

        private Entry(long[] key, long hash, float[] row, int id) {
            this.key = key;
            this.hash = hash;
            this.row = row;
            this.id = id;
        }

        float[] row() {
            return row;
        }

        /**
         * Positive and never given twice, so that it stands for the key; {@link Tok2Vec#UNKNOWN} when there are no
         * numbers left.
         */
        int id() {
            return id;
        }

        /** The row's products with the weights of the first convolution, while they are held. */
        float @Nullable [] products() {
            used = true;
            return products;
        }

        void hold(float @Nullable [] values) {
            products = values;
        }

        /** Whether the products were used since this was asked last. */
        boolean takeUse() {
            boolean was = used;
            used = false;
            return was;
        }
    }

    private final int sets;
    private final AtomicReferenceArray<@Nullable Entry> slots;
    private final AtomicInteger ids = new AtomicInteger();

    /** A cache for rows of this many floats under keys of that many values, of at most 16 MiB. */
    EmbedCache(int rowLength, int keyLength) {
        int entry = ENTRY_OVERHEAD + rowLength * Float.BYTES + keyLength * Long.BYTES;
        sets = Math.max(1, BYTES / entry / WAYS);
        slots = new AtomicReferenceArray<>(sets * WAYS);
    }

    @Nullable
    Entry get(long[] key) {
        long hash = hash(key);
        int set = set(hash);
        for (int way = 0; way < WAYS; way++) {
            Entry entry = slots.get(set + way);
            if (entry == null) {
                return null;
            }
            if (entry.hash == hash && Arrays.equals(entry.key, key)) {
                if (way > 0) {
                    slots.set(set + way, slots.get(set + way - 1));
                    slots.set(set + way - 1, entry);
                }
                return entry;
            }
        }
        return null;
    }

    /** Keeps a row, unless one is there already; returns the one that is kept. */
    Entry put(long[] key, float[] row) {
        Entry present = get(key);
        if (present != null) {
            return present;
        }
        long hash = hash(key);
        int set = set(hash);
        Entry entry = new Entry(key, hash, row, nextId());
        int place = 0;
        while (place < ENTRANCE && slots.get(set + place) != null) {
            place++;
        }
        for (int way = WAYS - 1; way > place; way--) {
            slots.set(set + way, slots.get(set + way - 1));
        }
        slots.set(set + place, entry);
        return entry;
    }

    private int nextId() {
        int last = ids.getAndUpdate(id -> id == Integer.MAX_VALUE ? id : id + 1);
        return last == Integer.MAX_VALUE ? Tok2Vec.UNKNOWN : last + 1;
    }

    private static long hash(long[] key) {
        long hash = 0;
        for (long value : key) {
            hash = (hash ^ value) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** The first slot of a key's set. */
    private int set(long hash) {
        return (int) ((hash >>> 32) * sets >>> 32) * WAYS;
    }
}
