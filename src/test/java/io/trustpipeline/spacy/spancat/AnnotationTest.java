package io.trustpipeline.spacy.spancat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Which scores become spans, against spaCy's procedure written out over all candidates at once. */
class AnnotationTest {

    private static final int LABELS = 3;

    private record Candidate(int slot, int start, int end, float[] scores) {}

    private record Kept(int start, int end, int label, float score) {}

    @Property(tries = 300)
    void the_best_label_of_each_candidate_is_kept_as_spacy_does(
            @ForAll @IntRange(min = 0, max = 30) int count,
            @ForAll boolean negative,
            @ForAll boolean overlap,
            @ForAll @IntRange(min = -1, max = 9) int tenths,
            @ForAll long seed) {
        List<Candidate> candidates = candidates(count, negative, seed);
        Float threshold = tenths < 0 ? null : Float.valueOf(tenths / 10f);
        List<Kept> expected = new ArrayList<>();
        for (Candidate candidate : inSpacysOrder(candidates)) {
            int best = IntStream.range(0, candidate.scores.length)
                    .boxed()
                    .max(Comparator.comparing((Integer label) -> candidate.scores[label])
                            .thenComparing(Comparator.reverseOrder()))
                    .orElseThrow();
            if (best < LABELS && (threshold == null || candidate.scores[best] >= threshold)) {
                expected.add(new Kept(candidate.start, candidate.end, best, candidate.scores[best]));
            }
        }
        if (!overlap) {
            expected.sort(Comparator.comparing((Kept kept) -> -kept.score));
            Set<Integer> seen = new HashSet<>();
            expected.removeIf(kept -> {
                List<Integer> tokens =
                        IntStream.range(kept.start, kept.end).boxed().toList();
                boolean clash = tokens.stream().anyMatch(seen::contains);
                if (!clash) {
                    seen.addAll(tokens);
                }
                return clash;
            });
        }
        assertThat(annotate(new ArgmaxLabel(LABELS, threshold, overlap), candidates))
                .isEqualTo(expected);
    }

    @Property(tries = 300)
    void several_labels_of_a_candidate_are_kept_as_spacy_does(
            @ForAll @IntRange(min = 0, max = 30) int count,
            @ForAll boolean negative,
            @ForAll @IntRange(min = 0, max = 4) int most,
            @ForAll @IntRange(min = 0, max = 9) int tenths,
            @ForAll long seed) {
        List<Candidate> candidates = candidates(count, negative, seed);
        float threshold = tenths / 10f;
        List<Kept> expected = new ArrayList<>();
        for (Candidate candidate : inSpacysOrder(candidates)) {
            List<Integer> ranked = IntStream.range(0, LABELS)
                    .boxed()
                    .sorted(Comparator.comparing((Integer label) -> -candidate.scores[label]))
                    .limit(most == 0 ? LABELS : most)
                    .toList();
            for (int label = 0; label < LABELS; label++) {
                if (ranked.contains(label) && candidate.scores[label] >= threshold) {
                    expected.add(new Kept(candidate.start, candidate.end, label, candidate.scores[label]));
                }
            }
        }
        Integer maxPositive = most == 0 ? null : Integer.valueOf(most);
        assertThat(annotate(new SeveralLabels(LABELS, threshold, maxPositive), candidates))
                .isEqualTo(expected);
    }

    private static List<Candidate> candidates(int count, boolean negative, long seed) {
        Random random = new Random(seed);
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int start = random.nextInt(12);
            float[] scores = new float[negative ? LABELS + 1 : LABELS];
            for (int label = 0; label < scores.length; label++) {
                // Few values, so that equal scores are common.
                scores[label] = random.nextInt(10) / 10f;
            }
            candidates.add(new Candidate(random.nextInt(3), start, start + 1 + random.nextInt(4), scores));
        }
        return candidates;
    }

    private static List<Candidate> inSpacysOrder(List<Candidate> candidates) {
        return candidates.stream().sorted(Comparator.comparing(Candidate::slot)).toList();
    }

    private static List<Kept> annotate(Annotation annotation, List<Candidate> candidates) {
        KeptSpans kept = new KeptSpans();
        for (Candidate candidate : candidates) {
            annotation.keep(candidate.scores, candidate.slot, candidate.start, candidate.end, kept);
        }
        return IntStream.of(annotation.order(kept, 3))
                .mapToObj(i -> new Kept(kept.start(i), kept.end(i), kept.label(i), kept.score(i)))
                .toList();
    }
}
