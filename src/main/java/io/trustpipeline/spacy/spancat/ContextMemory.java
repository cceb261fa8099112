package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.CacheCounts;
import org.jspecify.annotations.Nullable;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of the candidates that start at a token, by everything that it depends on: the token, those that its
 * longest candidate covers, and the receptive field on either side. People write the same sentences again and again, and
 * what stands here need not be computed again.
 *
 * <p>A context belongs to one set of a few entries, in which the oldest makes room for the newest, so that memory is
 * bounded. Contexts are compared number by number. A set is one array:
 *
 * <pre>
 *   version | a part of each entry's hash | entries: the context's token numbers, then its spans
 * </pre>
 *
 * <p>Threads share the sets without waiting: a writer makes the version odd and then even again, a second writer leaves,
 * and a reader who meets an odd version, or another one at the end than at the beginning, has found nothing.
 */
final class ContextMemory {

    /** Slot, length, label, score. */
    private static final int VALUES = 4;

    /** What is found where nothing is known. */
    static final int[] ABSENT = {};

    /** What is found where no span starts. */
    private static final int[] NO_SPAN = new int[0];

    /** In place of a slot: there are no more spans. */
    private static final int NO_SLOT = -1;

    private static final VarHandle NUMBERS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int VERSION = 0;
    private static final int TAGS = 1;
    private static final int WAYS = 4;
    private static final int BYTES = 40 << 20;
    private static final int SET_OVERHEAD = 24;

    /** Contexts longer than this hardly ever come again. */
    private static final int LONGEST_CONTEXT = 64;

    private final int length;
    private final int mostSpans;
    private final AtomicReferenceArray<int @Nullable []> sets;
    private final LongAdder lookups = new LongAdder();
    private final LongAdder misses = new LongAdder();

    /**
     * A memory of at most 40 MiB.
     *
     * @param length tokens of a context
     * @param mostSpans starts with more spans than this are not remembered; there is room for so many in every entry
     */
    ContextMemory(int length, int mostSpans) {
        this.length = length;
        this.mostSpans = mostSpans;
        this.sets = new AtomicReferenceArray<>(BYTES / (SET_OVERHEAD + entry(WAYS) * Integer.BYTES));
    }

    /** Whether contexts of this many tokens are worth remembering. */
    static boolean isWorthwhile(int length) {
        return length <= LONGEST_CONTEXT;
    }

    /** The spans of the context that starts at {@code ids[from]}, for {@link #recall}, or {@link #ABSENT}. */
    int[] find(int[] ids, int from, long hash) {
        int[] set = sets.get(index(hash));
        if (set == null) {
            return ABSENT;
        }
        int version = (int) NUMBERS.getAcquire(set, VERSION);
        int[] found = (version & 1) == 0 ? find(set, ids, from, (int) hash) : ABSENT;
        VarHandle.loadLoadFence();
        return (int) NUMBERS.getOpaque(set, VERSION) == version ? found : ABSENT;
    }

    private int[] find(int[] set, int[] ids, int from, int tag) {
        for (int way = 0; way < WAYS; way++) {
            int at = entry(way);
            if (set[TAGS + way] == tag && Arrays.equals(set, at, at + length, ids, from, from + length)) {
                int spans = at + length;
                int end = spans;
                while (end < spans + mostSpans * VALUES && set[end] != NO_SLOT) {
                    end += VALUES;
                }
                return end == spans ? NO_SPAN : Arrays.copyOfRange(set, spans, end);
            }
        }
        return ABSENT;
    }

    /** Remembers the spans {@code first} to {@code last} of {@code kept} for a context. */
    void put(int[] ids, int from, long hash, KeptSpans kept, int first, int last) {
        if (last - first > mostSpans) {
            return;
        }
        int[] set = set(index(hash));
        int version = (int) NUMBERS.getOpaque(set, VERSION);
        if ((version & 1) != 0 || !NUMBERS.compareAndSet(set, VERSION, version, version + 1)) {
            return;
        }
        VarHandle.storeStoreFence();
        int way = (version >>> 1) % WAYS;
        set[TAGS + way] = (int) hash;
        System.arraycopy(ids, from, set, entry(way), length);
        int at = entry(way) + length;
        for (int i = first; i < last; i++) {
            set[at++] = kept.slot(i);
            set[at++] = kept.end(i) - kept.start(i);
            set[at++] = kept.label(i);
            set[at++] = Float.floatToRawIntBits(kept.score(i));
        }
        if (last - first < mostSpans) {
            set[at] = NO_SLOT;
        }
        NUMBERS.setRelease(set, VERSION, version + 2);
    }

    private int[] set(int index) {
        int[] set = sets.get(index);
        if (set == null) {
            int[] empty = new int[entry(WAYS)];
            int[] other = sets.compareAndExchange(index, null, empty);
            set = other == null ? empty : other;
        }
        return set;
    }

    /** Adds what was found for the candidates that start at a token. */
    void recall(int[] found, int start, KeptSpans kept) {
        for (int at = 0; at < found.length; at += VALUES) {
            kept.add(found[at], start, start + found[at + 1], found[at + 2], Float.intBitsToFloat(found[at + 3]));
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
        for (int index = 0; index < sets.length(); index++) {
            int[] set = sets.get(index);
            if (set != null) {
                int version = (int) NUMBERS.getAcquire(set, VERSION) & ~1;
                while (!NUMBERS.compareAndSet(set, VERSION, version, version + 1)) {
                    Thread.onSpinWait();
                    version = (int) NUMBERS.getAcquire(set, VERSION) & ~1;
                }
                Arrays.fill(set, TAGS, set.length, 0);
                NUMBERS.setRelease(set, VERSION, version + 2);
            }
        }
    }

    /** Where an entry of a set begins. An entry that was never written holds zeros, which are no token's number. */
    private int entry(int way) {
        return TAGS + WAYS + way * (length + mostSpans * VALUES);
    }

    private int index(long hash) {
        return (int) ((hash >>> 32) * sets.length() >>> 32);
    }
}
