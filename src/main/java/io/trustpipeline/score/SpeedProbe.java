package io.trustpipeline.score;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A short measurement of models on a few texts: more of them each time, until one pass says enough. */
public final class SpeedProbe {
    private static final double ENOUGH_SECONDS = 0.5;
    private static final int FIRST_TEXTS = 8;

    private SpeedProbe() {}

    /** The tokens of some texts together, by the first model's tokenizer; every text counts, also one that stands again. */
    public static long countTokens(ThemeModels models, List<String> texts) {
        ThemeModel first = models.models().get(0);
        long tokens = texts.stream()
                .mapToLong(text -> first.language().countTokens(CodePoints.wellFormed(text)))
                .sum();
        if (models.loadMode() == LoadMode.SEQUENTIAL) {
            first.close();
        }
        return tokens;
    }

    /** Tokens a second, each token counted once however many models look at it; 0 when there are no texts. */
    public static double tokensPerSecond(ThemeModels models, int threads, List<String> texts) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(texts));
        Set<String> themes = new HashSet<>();
        models.models().forEach(model -> themes.add(model.name()));
        double speed = 0;
        try (TextScorer scorer = TextScorer.of(models, threads)) {
            for (int count = FIRST_TEXTS, next = 0; next < distinct.size(); count *= 4) {
                Map<String, Set<String>> batch = new HashMap<>();
                int end = Math.min(distinct.size(), next + count);
                distinct.subList(next, end).forEach(text -> batch.put(CodePoints.wellFormed(text), themes));
                next = end;
                long before = scorer.tokens();
                long start = System.nanoTime();
                scorer.score(batch);
                double seconds = (System.nanoTime() - start) / 1e9;
                speed = (scorer.tokens() - before) / seconds;
                if (seconds > ENOUGH_SECONDS) {
                    break;
                }
            }
        }
        return speed;
    }
}
