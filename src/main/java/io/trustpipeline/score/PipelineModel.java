package io.trustpipeline.score;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.KnownDigests;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.ModelCard;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.djl.SpacyEngine;
import io.trustpipeline.spacy.djl.SpacyModel;
import io.trustpipeline.spacy.djl.SpacyTranslatorFactory;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * A saved pipeline that can be taken into memory, put away, and taken again. What is known of it stays. Safe for use by
 * several threads, as long as nobody puts it away under another's predictor.
 */
final class PipelineModel<O> implements AutoCloseable {
    /** A model that fails on this one fails on everything. */
    static final String HARMLESS_TEXT = "The nurse was very kind to me.";

    private final Path pipeline;
    private final Criteria<String, O> criteria;
    private final String digest;
    private final ModelCard card;
    private @Nullable ZooModel<String, O> loaded;

    /**
     * Loads a saved pipeline and tries it on a text.
     *
     * @param pipeline the folder with its {@code config.cfg}
     * @param weights where a transformer's weights are kept for the next load
     * @param options of the engine
     * @throws PipelineException {@code DATA_REFUSED} when the model is damaged or not one that the engine runs
     */
    PipelineModel(Path pipeline, Path weights, Class<O> output, Map<String, String> options) {
        this.pipeline = pipeline;
        Criteria.Builder<String, O> builder = Criteria.builder()
                .setTypes(String.class, output)
                .optModelPath(pipeline)
                .optEngine(SpacyEngine.NAME)
                .optOption(SpacyModel.WEIGHTS, weights.toString())
                .optTranslatorFactory(new SpacyTranslatorFactory());
        options.forEach(builder::optOption);
        this.criteria = builder.build();
        // Both may read every byte, which takes a while for a transformer.
        KnownDigests known = new KnownDigests(weights.resolve("digests"));
        FutureTask<String> digesting = new FutureTask<>(() -> ModelDigest.ofPipeline(pipeline, known));
        Thread digester = new Thread(digesting, "digest of " + pipeline.getFileName());
        digester.setDaemon(true);
        digester.start();
        try {
            this.loaded = read();
            this.card = language().card();
            tryOut();
            this.digest = digest(digesting);
        } finally {
            end(digester);
        }
    }

    /** A model that is refused leaves nobody behind who reads its files or remembers their digest. */
    private static void end(Thread digester) {
        digester.interrupt();
        boolean interrupted = Thread.interrupted();
        while (digester.isAlive()) {
            try {
                digester.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private String digest(FutureTask<String> digesting) {
        try {
            return digesting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PipelineException(ExitCode.STOPPED, "loading models was interrupted; start again", e);
        } catch (ExecutionException e) {
            throw refused(pipeline + ": cannot be read: " + e.getCause(), e);
        }
    }

    private ZooModel<String, O> read() {
        try {
            return criteria.loadModel();
        } catch (ModelException e) {
            throw refused(Failure.describe(e), e);
        } catch (ModelNotFoundException | MalformedModelException | IOException e) {
            throw refused(pipeline + ": " + e.getMessage(), e);
        }
    }

    private void tryOut() {
        try (Predictor<String, O> predictor = newPredictor()) {
            predictor.batchPredict(List.of(HARMLESS_TEXT));
        } catch (TranslateException | RuntimeException e) {
            close();
            throw refused("the model fails on every text: " + Failure.describe(e), e);
        }
    }

    private static PipelineException refused(String reason, Exception cause) {
        return new PipelineException(ExitCode.DATA_REFUSED, reason, cause);
    }

    private synchronized ZooModel<String, O> inMemory() {
        if (loaded == null) {
            loaded = read();
        }
        return loaded;
    }

    /** For one thread; takes the model into memory if it is not there. */
    Predictor<String, O> newPredictor() {
        return inMemory().newPredictor();
    }

    /** The engine's own view of the model, which is taken into memory if it is not there. */
    Language language() {
        return ((SpacyModel) inMemory().getWrappedModel()).language();
    }

    /** {@link ModelDigest} of the pipeline. */
    String digest() {
        return digest;
    }

    /** What it is made of. */
    ModelCard card() {
        return card;
    }

    /** Puts the model away; its predictors are of no use afterwards. */
    @Override
    public synchronized void close() {
        if (loaded != null) {
            loaded.close();
            loaded = null;
        }
    }
}
