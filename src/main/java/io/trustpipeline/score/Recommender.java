package io.trustpipeline.score;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.Categories;
import io.trustpipeline.spacy.Category;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.ModelCard;
import io.trustpipeline.spacy.Output;
import io.trustpipeline.spacy.djl.SpacyModel;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The recommend model: a text categorizer that says something of each relevant span's text. Shared by threads. */
public final class Recommender implements AutoCloseable {
    private final PipelineModel<Categories> model;

    /**
     * Loads a saved pipeline and tries it on a text.
     *
     * @throws PipelineException {@code DATA_REFUSED} when the model is damaged or not one that the engine runs
     */
    Recommender(Path pipeline, Path weights) {
        this.model = new PipelineModel<>(
                pipeline, weights, Categories.class, Map.of(SpacyModel.OUTPUT, Output.CATEGORIES.optionName()));
    }

    /** {@link ModelDigest} of the pipeline. */
    public String digest() {
        return model.digest();
    }

    ModelCard card() {
        return model.card();
    }

    Language language() {
        return model.language();
    }

    /** For one thread. */
    RecommendPredictor newPredictor() {
        return new RecommendPredictor(model.newPredictor());
    }

    /** Takes the model out of memory; the next predictor takes it back. */
    @Override
    public void close() {
        model.close();
    }

    /** One thread's half. */
    static final class RecommendPredictor implements AutoCloseable {
        private final Predictor<String, Categories> predictor;

        private RecommendPredictor(Predictor<String, Categories> predictor) {
            this.predictor = predictor;
        }

        /** What the model says of each text; the texts have at least a character. */
        List<Recommendation> recommend(List<String> texts) throws TranslateException {
            return predictor.batchPredict(texts).stream()
                    .map(categories -> recommendation(categories.best().orElseThrow()))
                    .toList();
        }

        private static Recommendation recommendation(Category best) {
            return new Recommendation(best.label(), best.score());
        }

        @Override
        public void close() {
            predictor.close();
        }
    }
}
