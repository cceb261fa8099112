package io.trustpipeline.spacy.spancat;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The best label of each candidate, if it is not the negative one and reaches the threshold. Spans may be forbidden to
 * overlap: then the best come first, and one that shares a token with a better one is left out.
 *
 * @param labels how many there are; a further score is that of the negative label
 * @param threshold null for none
 */
record ArgmaxLabel(int labels, @Nullable Float threshold, boolean allowOverlap) implements Annotation {

    @Override
    public float leastScore() {
        return threshold == null ? Float.NEGATIVE_INFINITY : threshold;
    }

    @Override
    public void keep(float[] scores, int slot, int start, int end, KeptSpans kept) {
        int best = 0;
        for (int label = 1; label < scores.length; label++) {
            if (scores[label] > scores[best]) {
                best = label;
            }
        }
        if (best < labels && scores[best] >= leastScore()) {
            kept.add(slot, start, end, best, scores[best]);
        }
    }

    @Override
    public int[] order(KeptSpans kept, int slots) {
        int[] order = kept.inCandidateOrder(slots);
        if (allowOverlap) {
            return order;
        }
        int[] ranked = bestFirst(kept, order);
        BitSet taken = new BitSet();
        int remaining = 0;
        for (int index : ranked) {
            int next = taken.nextSetBit(kept.start(index));
            if (next < 0 || next >= kept.end(index)) {
                taken.set(kept.start(index), kept.end(index));
                ranked[remaining++] = index;
            }
        }
        return Arrays.copyOf(ranked, remaining);
    }

    /** By descending score; equal scores, whose order numpy leaves open, stay in the order of the candidates. */
    private static int[] bestFirst(KeptSpans kept, int[] order) {
        long[] keys = new long[order.length];
        for (int place = 0; place < order.length; place++) {
            int bits = Float.floatToIntBits(kept.score(order[place]));
            int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            keys[place] = ((long) ~ascending << 32) | place;
        }
        Arrays.sort(keys);
        int[] ranked = new int[order.length];
        for (int i = 0; i < keys.length; i++) {
            ranked[i] = order[(int) keys[i]];
        }
        return ranked;
    }
}
