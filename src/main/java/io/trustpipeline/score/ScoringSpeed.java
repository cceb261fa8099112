package io.trustpipeline.score;

import io.trustpipeline.spacy.Arithmetic;
import io.trustpipeline.spacy.CacheUse;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures how fast texts are scored on the way that runs take: the same threads, slices and models. Between two passes
 * everything that depends on texts is forgotten; what the models know of words stays.
 */
public final class ScoringSpeed {

    /** Texts that are handed over at a time, as a run does. */
    private static final int BATCH = 1024;

    private static final int WARM_UP = 2;

    private final ThemeModels models;
    private final int threads;
    private final int passes;

    /** @param passes how many are measured, after one from cold and some to warm up */
    public ScoringSpeed(ThemeModels models, int threads, int passes) {
        this.models = models;
        this.threads = threads;
        this.passes = passes;
    }

    /**
     * What was measured. Rates are medians over the passes and count every comment; each token counts once, however many
     * models score it.
     *
     * @param identicalComments comments whose text an earlier one had, which were counted but not scored again
     * @param coldTokensPerSecond of the first pass after the models were loaded
     * @param contextCacheHitRate share of the candidates' starts whose context had come before in the same pass
     * @param gflops matrix products a second, in 10^9 operations, that the passes came to
     * @param rooflineGflops the same for the bare kernel on as many threads, measured after the passes
     */
    public record Result(
            int comments,
            int identicalComments,
            long tokens,
            double tokensPerSecond,
            double commentsPerSecond,
            double coldTokensPerSecond,
            double lexemeCacheHitRate,
            double contextCacheHitRate,
            double gflops,
            double rooflineGflops) {}

    /** Scores all the texts again and again. */
    public Result measure(List<String> comments) {
        Map<String, Integer> occurrences = new LinkedHashMap<>();
        comments.forEach(comment -> occurrences.merge(CodePoints.wellFormed(comment), 1, Integer::sum));
        List<String> texts = List.copyOf(occurrences.keySet());
        double[] seconds = new double[passes];
        double[] gflops = new double[passes];
        CacheUse used = CacheUse.NONE;
        try (TextScorer scorer = TextScorer.of(models, threads)) {
            double cold = pass(scorer, texts);
            for (int i = 0; i < WARM_UP; i++) {
                pass(scorer, texts);
            }
            for (int i = 0; i < passes; i++) {
                CacheUse before = caches();
                long operations = Arithmetic.operations();
                seconds[i] = pass(scorer, texts);
                gflops[i] = (Arithmetic.operations() - operations) / seconds[i] / 1e9;
                used = used.plus(caches().since(before));
            }
            long tokens = tokens(occurrences);
            return new Result(
                    comments.size(),
                    comments.size() - texts.size(),
                    tokens,
                    tokens / median(seconds),
                    comments.size() / median(seconds),
                    tokens / cold,
                    used.words().hitRate(),
                    used.contexts().hitRate(),
                    median(gflops),
                    Arithmetic.roofGflops(threads));
        }
    }

    /** One pass over the texts; returns the seconds it took. */
    private double pass(TextScorer scorer, List<String> texts) {
        models.models().forEach(model -> model.language().forgetTexts());
        Set<String> themes = new HashSet<>();
        models.models().forEach(model -> themes.add(model.name()));
        long start = System.nanoTime();
        for (int from = 0; from < texts.size(); from += BATCH) {
            Map<String, Set<String>> batch = new HashMap<>();
            texts.subList(from, Math.min(texts.size(), from + BATCH)).forEach(text -> batch.put(text, themes));
            scorer.score(batch);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private CacheUse caches() {
        return models.models().stream().map(model -> model.language().caches()).reduce(CacheUse.NONE, CacheUse::plus);
    }

    private long tokens(Map<String, Integer> occurrences) {
        ThemeModel first = models.models().get(0);
        return occurrences.entrySet().stream()
                .mapToLong(text -> (long) text.getValue() * first.language().countTokens(text.getKey()))
                .sum();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
