package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.SpanCategorizerSettings;

import java.util.Objects;

/** Which scores become spans, and in which order (spaCy's {@code SpanCategorizer.set_annotations}). Immutable. */
sealed interface Annotation permits AllCandidates, ArgmaxLabel, SeveralLabels {

    /** The rule that a component's settings ask for; those of several labels a candidate have a threshold. */
    static Annotation of(SpanCategorizerSettings settings) {
        Integer most = settings.maxPositive();
        Float threshold = settings.threshold();
        int labels = settings.labels().size();
        return most != null && most == 1
                ? new ArgmaxLabel(labels, threshold, settings.allowOverlap())
                : new SeveralLabels(labels, Objects.requireNonNull(threshold, "threshold"), most);
    }

    /** A candidate all of whose scores are below this gives no span. */
    float leastScore();

    /** Keeps what a candidate's scores give. */
    void keep(float[] scores, int slot, int start, int end, KeptSpans kept);

    /** The kept spans that remain, as indices in the order of the output. */
    default int[] order(KeptSpans kept, int slots) {
        return kept.inCandidateOrder(slots);
    }
}
