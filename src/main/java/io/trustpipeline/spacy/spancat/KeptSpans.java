package io.trustpipeline.spacy.spancat;

import java.util.Arrays;

/** The candidates of one document that become spans, in the order in which they were scored. Belongs to one thread. */
final class KeptSpans {

    private int size;
    private int[] slot = new int[16];
    private int[] start = new int[16];
    private int[] end = new int[16];
    private int[] label = new int[16];
    private float[] score = new float[16];

    void clear() {
        size = 0;
    }

    void add(int place, int from, int to, int labelIndex, float value) {
        if (size == slot.length) {
            slot = Arrays.copyOf(slot, size * 2);
            start = Arrays.copyOf(start, size * 2);
            end = Arrays.copyOf(end, size * 2);
            label = Arrays.copyOf(label, size * 2);
            score = Arrays.copyOf(score, size * 2);
        }
        slot[size] = place;
        start[size] = from;
        end[size] = to;
        label[size] = labelIndex;
        score[size++] = value;
    }

    int size() {
        return size;
    }

    int slot(int index) {
        return slot[index];
    }

    int start(int index) {
        return start[index];
    }

    int end(int index) {
        return end[index];
    }

    int label(int index) {
        return label[index];
    }

    float score(int index) {
        return score[index];
    }

    /** The indices, slot by slot: the order of spaCy's candidates. */
    int[] inCandidateOrder(int slots) {
        int[] next = new int[slots + 1];
        for (int i = 0; i < size; i++) {
            next[slot[i] + 1]++;
        }
        for (int s = 0; s < slots; s++) {
            next[s + 1] += next[s];
        }
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            order[next[slot[i]]++] = i;
        }
        return order;
    }
}
