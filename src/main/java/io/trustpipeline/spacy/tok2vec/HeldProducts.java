package io.trustpipeline.spacy.tok2vec;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Which entries hold products: a ring in which a hand goes round and takes them from entries that were not used since it
 * came by last (the clock algorithm). Shared by threads without locks.
 */
final class HeldProducts {

    /** How many entries the hand passes over, at most, to find one that was not used. */
    private static final int PATIENCE = 8;

    private final AtomicReferenceArray<EmbedCache.@Nullable Entry> ring;
    private final AtomicInteger hand = new AtomicInteger();

    /** @param capacity how many entries hold products, at most */
    HeldProducts(int capacity) {
        this.ring = new AtomicReferenceArray<>(Math.max(1, capacity));
    }

    /** Lets an entry hold its products, in place of another one's when there is no room. */
    void hold(EmbedCache.Entry entry, float[] products) {
        entry.hold(products);
        int place = next();
        for (int passed = 0; passed < PATIENCE; passed++) {
            EmbedCache.Entry present = ring.get(place);
            if (present == null || !present.takeUse()) {
                break;
            }
            place = next();
        }
        EmbedCache.Entry evicted = ring.getAndSet(place, entry);
        if (evicted != null) {
            evicted.hold(null);
        }
    }

    private int next() {
        return Integer.remainderUnsigned(hand.getAndIncrement(), ring.length());
    }
}
