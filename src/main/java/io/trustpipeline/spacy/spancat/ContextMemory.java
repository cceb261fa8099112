package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.CacheCounts;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the candidates that start at a token, by everything that it depends on: the token, those that its
 * longest candidate covers, and the receptive field on either side. People write the same sentences again and again, and
 * what stands here need not be computed again.
 *
 * <p>An entry is one array: the context's token numbers, then four values for each span that was kept. Contexts are
 * compared number by number. A context belongs to one set of slots, in which the oldest makes room for the newest, so
 * that memory is bounded; entries are immutable, hence threads share them without locks.
 */
final class ContextMemory {

    /** Slot, length, label, score. */
    private static final int VALUES = 4;

    /** In place of an entry that is not there. */
    static final int[] ABSENT = {};

    private static final int WAYS = 4;
    private static final int BYTES = 40 << 20;
    private static final int ENTRY_OVERHEAD = 28;

    /** Contexts longer than this hardly ever come again. */
    private static final int LONGEST_CONTEXT = 64;

    private final int length;
    private final int mostSpans;
    private final int sets;
    private final AtomicReferenceArray<int @Nullable []> slots;

    /** A part of each slot's hash, which saves looking at most entries in vain; it may be stale. */
    private final int[] tags;

    private final LongAdder lookups = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * A memory of at most 40 MiB, as long as a start keeps no span.
     *
     * @param length tokens of a context
     * @param mostSpans starts with more spans than this are not remembered
     */
    ContextMemory(int length, int mostSpans) {
        this.length = length;
        this.mostSpans = mostSpans;
        this.sets = BYTES / (ENTRY_OVERHEAD + length * Integer.BYTES) / WAYS;
        this.slots = new AtomicReferenceArray<>(sets * WAYS);
        this.tags = new int[sets * WAYS];
    }

    /** Whether contexts of this many tokens are worth remembering. */
    static boolean isWorthwhile(int length) {
        return length <= LONGEST_CONTEXT;
    }

    /** The entry of the context that starts at {@code ids[from]}, or {@link #ABSENT}. */
    int[] find(int[] ids, int from, long hash) {
        int slot = slot(hash);
        int tag = (int) hash;
        for (int way = 0; way < WAYS; way++) {
            if (tags[slot + way] == tag) {
                int[] entry = slots.get(slot + way);
                if (entry != null && Arrays.equals(entry, 0, length, ids, from, from + length)) {
                    return entry;
                }
            }
        }
        return ABSENT;
    }

    /** Remembers the spans {@code first} to {@code last} of {@code kept} for a context. */
    void put(int[] ids, int from, long hash, KeptSpans kept, int first, int last) {
        if (last - first > mostSpans) {
            return;
        }
        int[] entry = Arrays.copyOfRange(ids, from, from + length + VALUES * (last - first));
        int at = length;
        for (int i = first; i < last; i++) {
            entry[at++] = kept.slot(i);
            entry[at++] = kept.end(i) - kept.start(i);
            entry[at++] = kept.label(i);
            entry[at++] = Float.floatToRawIntBits(kept.score(i));
        }
        int slot = slot(hash);
        for (int way = WAYS - 1; way > 0; way--) {
            slots.set(slot + way, slots.get(slot + way - 1));
            tags[slot + way] = tags[slot + way - 1];
        }
        slots.set(slot, entry);
        tags[slot] = (int) hash;
    }

    /** Adds an entry's spans for the candidates that start at a token. */
    void recall(int[] entry, int start, KeptSpans kept) {
        for (int at = length; at < entry.length; at += VALUES) {
            kept.add(entry[at], start, start + entry[at + 1], entry[at + 2], Float.intBitsToFloat(entry[at + 3]));
        }
    }

    /** Counts what was looked for. */
    void count(int asked, int missed) {
        lookups.add(asked);
        misses.add(missed);
    }

    CacheCounts counts() {
        return new CacheCounts(lookups.sum(), misses.sum());
    }

    /** Forgets everything. */
    void clear() {
        for (int slot = 0; slot < slots.length(); slot++) {
            slots.set(slot, null);
        }
    }

    private int slot(long hash) {
        return (int) ((hash >>> 32) * sets >>> 32) * WAYS;
    }
}
