package io.trustpipeline.spacy.spancat;

import org.jspecify.annotations.Nullable;

/**
 * Every label whose score reaches the threshold, at most so many a candidate.
 *
 * @param labels how many there are; a further score is that of the negative label, which never becomes a span
 * @param maxPositive how many of a candidate's best labels may be kept; null for all
 */
record SeveralLabels(int labels, float threshold, @Nullable Integer maxPositive) implements Annotation {

    @Override
    public float leastScore() {
        return threshold;
    }

    @Override
    public void keep(float[] scores, int slot, int start, int end, KeptSpans kept) {
        for (int label = 0; label < labels; label++) {
            if (scores[label] >= threshold && (maxPositive == null || rank(scores, label) < maxPositive)) {
                kept.add(slot, start, end, label, scores[label]);
            }
        }
    }

    /** How many labels go before this one; of equal scores the first goes first. */
    private int rank(float[] scores, int label) {
        int rank = 0;
        for (int other = 0; other < labels; other++) {
            if (scores[other] > scores[label] || (scores[other] == scores[label] && other < label)) {
                rank++;
            }
        }
        return rank;
    }
}
