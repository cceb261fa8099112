package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.ThemeResult.Failed;
import io.trustpipeline.score.ThemeResult.Found;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Scores texts on a fixed number of threads, each with its own predictors. Safe for use by several callers. */
final class TextScorer implements AutoCloseable {
    /** Texts that a thread takes at a time: few enough that all threads end together. */
    private static final int MAX_SLICE = 64;

    private static final int SLICES_A_THREAD = 4;

    /** What is scored once. */
    record Part(String text, String theme) {}

    private final int threads;
    private final ExecutorService pool;
    /** As many as threads; a task borrows one. */
    private final BlockingQueue<List<ThemePredictor>> idle = new LinkedBlockingQueue<>();

    /** One list of predictors, one a theme, for each thread. They are closed with this. */
    TextScorer(List<List<ThemePredictor>> predictors) {
        this.threads = predictors.size();
        AtomicInteger number = new AtomicInteger();
        this.pool = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "scorer-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        idle.addAll(predictors);
    }

    static TextScorer of(ThemeModels models, int threads) {
        List<List<ThemePredictor>> predictors = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            predictors.add(
                    models.models().stream().map(ThemeModel::newPredictor).toList());
        }
        return new TextScorer(predictors);
    }

    /**
     * Scores each text for its themes.
     *
     * @throws PipelineException ({@code DEFECT}) when a model fails on every text, {@code STOPPED} on interruption
     */
    Map<Part, ThemeResult> score(Map<String, Set<String>> themesByText) {
        List<String> texts = new ArrayList<>(themesByText.keySet());
        int size = Math.max(1, Math.min(MAX_SLICE, texts.size() / (threads * SLICES_A_THREAD)));
        List<Callable<Map<Part, ThemeResult>>> tasks = new ArrayList<>();
        for (int start = 0; start < texts.size(); start += size) {
            List<String> slice = texts.subList(start, Math.min(start + size, texts.size()));
            tasks.add(() -> borrowing(predictors -> scoreSlice(predictors, slice, themesByText)));
        }
        Map<Part, ThemeResult> results = new HashMap<>();
        run(tasks).forEach(results::putAll);
        refuseBrokenModels(results);
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
    private void refuseBrokenModels(Map<Part, ThemeResult> results) {
        Map<String, Boolean> worked = new HashMap<>();
        results.forEach((part, result) -> worked.merge(part.theme(), result instanceof Found, Boolean::logicalOr));
        if (worked.containsValue(false)) {
            run(List.of(() -> borrowing(predictors -> {
                predictors.stream()
                        .filter(predictor -> Boolean.FALSE.equals(worked.get(predictor.theme())))
                        .forEach(TextScorer::requireThatItWorks);
                return worked;
            })));
        }
    }

    private static void requireThatItWorks(ThemePredictor predictor) {
        if (predictor.predictEach(List.of(ThemeModel.HARMLESS_TEXT)).get(0) instanceof Failed failed) {
            throw new PipelineException(ExitCode.DEFECT, failed.reason() + "; it fails on every text");
        }
    }

    private interface Work<T> {
        T with(List<ThemePredictor> predictors);
    }

    private <T> T borrowing(Work<T> work) throws InterruptedException {
        List<ThemePredictor> predictors = idle.take();
        try {
            return work.with(predictors);
        } finally {
            idle.add(predictors);
        }
    }

    private <T> List<T> run(List<Callable<T>> tasks) {
        List<T> results = new ArrayList<>(tasks.size());
        try {
            for (Future<T> done : pool.invokeAll(tasks)) {
                results.add(done.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "scoring was interrupted; the same request resumes it", e);
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        }
        return results;
    }

    /** The tasks declare no exception but interruption. */
    private static RuntimeException unchecked(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException failure) {
            throw failure;
        }
        return new PipelineException(ExitCode.STOPPED, "scoring was interrupted; the same request resumes it", cause);
    }

    @Override
    public void close() {
        pool.shutdownNow();
        idle.forEach(predictors -> predictors.forEach(ThemePredictor::close));
    }
}
