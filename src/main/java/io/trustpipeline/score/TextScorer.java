package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.ThemeResult.Failed;
import io.trustpipeline.score.ThemeResult.Found;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;

/**
 * Scores texts on a fixed number of threads, each with its own predictors, by models that are in memory together or one
 * after the other. Safe for use by several callers.
 */
final class TextScorer implements AutoCloseable {
    /** What is scored once. */
    record Part(String text, String theme) {}

    /** Models that are in memory together. */
    private record Group(PredictorPool<List<ThemePredictor>> predictors, Set<String> themes, Runnable release) {}

    private final WorkerThreads threads;
    private final List<Group> groups;
    private final @Nullable Recommending recommending;
    private final LongAdder tokens = new LongAdder();

    private TextScorer(WorkerThreads threads, List<Group> groups, @Nullable Recommending recommending) {
        this.threads = threads;
        this.groups = groups;
        this.recommending = recommending;
    }

    /** Predictors of one thread at a time, which are not closed with this. */
    static TextScorer of(List<ThemePredictor> predictors) {
        Set<String> themes = new HashSet<>();
        predictors.forEach(predictor -> themes.add(predictor.theme()));
        PredictorPool<List<ThemePredictor>> pool = new PredictorPool<>(() -> predictors, closed -> {});
        return new TextScorer(new WorkerThreads(1), List.of(new Group(pool, themes, () -> {})), null);
    }

    static TextScorer of(ThemeModels models, int count) {
        WorkerThreads threads = new WorkerThreads(count);
        boolean together = models.loadMode() == LoadMode.ALL || models.count() == 1;
        List<Group> groups = together
                ? List.of(group(models.models(), () -> {}))
                : models.models().stream()
                        .map(model -> group(List.of(model), model::close))
                        .toList();
        Recommender recommender = models.recommender();
        return new TextScorer(
                threads, groups, recommender == null ? null : new Recommending(recommender, threads, together));
    }

    private static Group group(List<ThemeModel> models, Runnable release) {
        Set<String> themes = new HashSet<>();
        models.forEach(model -> themes.add(model.name()));
        PredictorPool<List<ThemePredictor>> pool = new PredictorPool<>(
                () -> models.stream().map(ThemeModel::newPredictor).toList(),
                predictors -> predictors.forEach(ThemePredictor::close));
        return new Group(pool, themes, release);
    }

    /**
     * Scores each text for its themes.
     *
     * @throws PipelineException ({@code DEFECT}) when a model fails on every text, {@code STOPPED} on interruption
     */
    Map<Part, ThemeResult> score(Map<String, Set<String>> themesByText) {
        if (groups.size() == 1) {
            return recommended(score(groups.get(0), themesByText));
        }
        // One caller's model at a time, or there would be two in memory.
        synchronized (groups) {
            Map<Part, ThemeResult> results = new HashMap<>();
            for (Group group : groups) {
                results.putAll(score(group, themesByText));
                group.predictors().close();
                group.release().run();
            }
            return recommended(results);
        }
    }

    /** Tokens of the texts that were scored, each text once. */
    long tokens() {
        return tokens.sum();
    }

    /** Each text that a model could be run on. */
    private static Set<String> scored(Map<Part, ThemeResult> results) {
        Set<String> texts = new HashSet<>();
        results.forEach((part, result) -> {
            if (result instanceof ThemeResult.Found) {
                texts.add(part.text());
            }
        });
        return texts;
    }

    private Map<Part, ThemeResult> recommended(Map<Part, ThemeResult> results) {
        return recommending == null ? results : recommending.recommended(results);
    }

    private Map<Part, ThemeResult> score(Group group, Map<String, Set<String>> themesByText) {
        List<String> texts = themesByText.keySet().stream()
                .filter(text ->
                        themesByText.getOrDefault(text, Set.of()).stream().anyMatch(group.themes()::contains))
                .toList();
        List<Callable<Map<Part, ThemeResult>>> tasks = new ArrayList<>();
        for (List<String> slice : threads.slices(texts)) {
            tasks.add(() -> group.predictors().borrow(predictors -> {
                Map<Part, ThemeResult> results = scoreSlice(predictors, slice, themesByText);
                if (group == groups.get(0) && !predictors.isEmpty()) {
                    tokens.add(predictors.get(0).countTokens(scored(results)));
                }
                return results;
            }));
        }
        Map<Part, ThemeResult> results = new HashMap<>();
        threads.run(tasks).forEach(results::putAll);
        refuseBrokenModels(group, results);
        return results;
    }

    private static Map<Part, ThemeResult> scoreSlice(
            List<ThemePredictor> predictors, List<String> slice, Map<String, Set<String>> themesByText) {
        Map<Part, ThemeResult> results = new HashMap<>();
        for (ThemePredictor predictor : predictors) {
            List<String> texts = slice.stream()
                    .filter(text -> themesByText.getOrDefault(text, Set.of()).contains(predictor.theme()))
                    .toList();
            List<ThemeResult> found = texts.isEmpty() ? List.of() : predictor.predictEach(texts);
            for (int i = 0; i < texts.size(); i++) {
                results.put(new Part(texts.get(i), predictor.theme()), found.get(i));
            }
        }
        return results;
    }

    /** A text that fails is that text's fault, unless the model fails on one that it could score when it was loaded. */
    private void refuseBrokenModels(Group group, Map<Part, ThemeResult> results) {
        Map<String, Boolean> worked = new HashMap<>();
        results.forEach((part, result) -> worked.merge(part.theme(), result instanceof Found, Boolean::logicalOr));
        if (worked.containsValue(false)) {
            threads.run(List.of(() -> group.predictors().borrow(predictors -> {
                predictors.stream()
                        .filter(predictor -> Boolean.FALSE.equals(worked.get(predictor.theme())))
                        .forEach(TextScorer::requireThatItWorks);
                return worked;
            })));
        }
    }

    private static void requireThatItWorks(ThemePredictor predictor) {
        if (predictor.predictEach(List.of(PipelineModel.HARMLESS_TEXT)).get(0) instanceof Failed failed) {
            throw new PipelineException(ExitCode.DEFECT, failed.reason() + "; it fails on every text");
        }
    }

    @Override
    public void close() {
        threads.close();
        groups.forEach(group -> group.predictors().close());
        if (recommending != null) {
            recommending.close();
        }
    }
}
