package io.trustpipeline.score;

import ai.djl.translate.TranslateException;
import io.trustpipeline.score.Recommender.RecommendPredictor;
import io.trustpipeline.score.TextScorer.Part;
import io.trustpipeline.score.ThemeResult.Failed;
import io.trustpipeline.score.ThemeResult.Found;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * Gives each relevant span whose text is not empty what the recommend model says of that text; each text is asked for
 * once. Safe for use by several callers.
 */
final class Recommending implements AutoCloseable {
    private final Recommender recommender;
    private final PredictorPool<RecommendPredictor> predictors;
    private final WorkerThreads threads;
    private final boolean keeps;

    /** @param keeps whether the model stays in memory */
    Recommending(Recommender recommender, WorkerThreads threads, boolean keeps) {
        this.recommender = recommender;
        this.predictors = new PredictorPool<>(recommender::newPredictor, RecommendPredictor::close);
        this.threads = threads;
        this.keeps = keeps;
    }

    /** What the model makes of a text: a recommendation, or why there is none. */
    private sealed interface Answer {
        record Given(Recommendation recommendation) implements Answer {}

        record Missing(String reason) implements Answer {}
    }

    Map<Part, ThemeResult> recommended(Map<Part, ThemeResult> results) {
        Set<String> texts = new LinkedHashSet<>();
        for (ThemeResult result : results.values()) {
            if (result instanceof Found found) {
                found.spans().stream()
                        .filter(Recommending::isAsked)
                        .map(ThemeSpan::text)
                        .forEach(texts::add);
            }
        }
        if (texts.isEmpty()) {
            return results;
        }
        Map<String, Answer> answers = ask(List.copyOf(texts));
        Map<Part, ThemeResult> recommended = new HashMap<>();
        results.forEach((part, result) ->
                recommended.put(part, result instanceof Found found ? answered(found, answers) : result));
        return recommended;
    }

    static boolean isAsked(ThemeSpan span) {
        return span.relevant() && !span.text().isEmpty();
    }

    private static ThemeResult answered(Found found, Map<String, Answer> answers) {
        List<ThemeSpan> spans = new ArrayList<>(found.spans().size());
        for (ThemeSpan span : found.spans()) {
            Answer answer = isAsked(span) ? answers.get(span.text()) : null;
            if (answer instanceof Answer.Missing missing) {
                return new Failed(missing.reason());
            }
            spans.add(answer instanceof Answer.Given given ? span.recommending(given.recommendation()) : span);
        }
        return new Found(spans, found.near());
    }

    private Map<String, Answer> ask(List<String> texts) {
        List<Callable<Map<String, Answer>>> tasks = new ArrayList<>();
        for (List<String> slice : threads.slices(texts)) {
            tasks.add(() -> predictors.borrow(predictor -> ask(predictor, slice)));
        }
        Map<String, Answer> answers = new HashMap<>();
        threads.run(tasks).forEach(answers::putAll);
        if (!keeps) {
            close();
            recommender.close();
        }
        return answers;
    }

    private static Map<String, Answer> ask(RecommendPredictor predictor, List<String> texts) {
        Map<String, Answer> answers = new HashMap<>();
        try {
            List<Recommendation> given = predictor.recommend(texts);
            for (int i = 0; i < texts.size(); i++) {
                answers.put(texts.get(i), new Answer.Given(given.get(i)));
            }
        } catch (TranslateException | RuntimeException | StackOverflowError e) {
            if (texts.size() == 1) {
                return Map.of(texts.get(0), new Answer.Missing("the recommend model: " + Failure.describe(e)));
            }
            texts.forEach(text -> answers.putAll(ask(predictor, List.of(text))));
        }
        return answers;
    }

    @Override
    public void close() {
        predictors.close();
    }
}
