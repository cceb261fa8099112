package io.trustpipeline.spacy.spancat;

/** Every candidate with every label, whatever its score. */
record AllCandidates(int labels) implements Annotation {

    @Override
    public float leastScore() {
        return Float.NEGATIVE_INFINITY;
    }

    @Override
    public void keep(float[] scores, int slot, int start, int end, KeptSpans kept) {
        for (int label = 0; label < labels; label++) {
            kept.add(slot, start, end, label, scores[label]);
        }
    }
}
