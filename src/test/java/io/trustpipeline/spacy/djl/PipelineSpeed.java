package io.trustpipeline.spacy.djl;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.spacy.ProcessMemory;
import io.trustpipeline.spacy.SpanGroups;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Times a whole pipeline, from texts to spans; {@code bench/transformers/compare.py} runs it.
 *
 * <pre>PipelineSpeed MODEL TEXTS THREADS ROUNDS WEIGHTS</pre>
 *
 * TEXTS is a JSON array, WEIGHTS the folder of packed weights. Prints a line of JSON for each round, the first of which warms up.
 */
final class PipelineSpeed {

    private static final int MAX_BATCH = 32;

    /** Towards the end batches get smaller, as when the program scores, so that all threads end together. */
    private static final int MIN_BATCH = 8;

    private PipelineSpeed() {}

    public static void main(String[] arguments) throws Exception {
        List<String> texts =
                List.of(new ObjectMapper().readValue(Path.of(arguments[1]).toFile(), String[].class));
        int threads = Integer.parseInt(arguments[2]);
        Criteria<String, SpanGroups> criteria = Criteria.builder()
                .setTypes(String.class, SpanGroups.class)
                .optModelPath(Path.of(arguments[0]))
                .optEngine("SpaCy")
                .optOption(SpacyModel.WEIGHTS, arguments[4])
                .optTranslatorFactory(new SpacyTranslatorFactory())
                .build();
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try (ZooModel<String, SpanGroups> model = criteria.loadModel()) {
            List<Predictor<String, SpanGroups>> predictors = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                predictors.add(model.newPredictor());
            }
            for (int round = 0; round <= Integer.parseInt(arguments[3]); round++) {
                long start = System.nanoTime();
                int spans = predict(texts, pool, predictors);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf(
                        Locale.ROOT,
                        "{\"round\": %d, \"comments_per_s\": %.2f, \"spans\": %d, \"peak_mib\": %d}%n",
                        round,
                        texts.size() / seconds,
                        spans,
                        ProcessMemory.peak());
            }
            predictors.forEach(Predictor::close);
        } finally {
            pool.shutdown();
        }
    }

    private static int predict(List<String> texts, ExecutorService pool, List<Predictor<String, SpanGroups>> predictors)
            throws Exception {
        Queue<List<String>> batches = new ConcurrentLinkedQueue<>();
        for (int from = 0, to; from < texts.size(); from = to) {
            int left = texts.size() - from;
            int fair = Math.max(MIN_BATCH, left / (4 * predictors.size()));
            to = from + Math.min(Math.min(fair, MAX_BATCH), left);
            batches.add(texts.subList(from, to));
        }
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (Predictor<String, SpanGroups> predictor : predictors) {
            tasks.add(() -> {
                int spans = 0;
                for (List<String> batch = batches.poll(); batch != null; batch = batches.poll()) {
                    for (SpanGroups groups : predictor.batchPredict(batch)) {
                        spans += groups.groups().stream()
                                .mapToInt(group -> group.spans().size())
                                .sum();
                    }
                }
                return spans;
            });
        }
        int spans = 0;
        for (Future<Integer> done : pool.invokeAll(tasks)) {
            spans += done.get();
        }
        return spans;
    }
}
