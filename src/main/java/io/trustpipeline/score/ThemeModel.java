package io.trustpipeline.score;

import ai.djl.MalformedModelException;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.ModelCard;
import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.SpanGroups;
import io.trustpipeline.spacy.djl.SpacyEngine;
import io.trustpipeline.spacy.djl.SpacyModel;
import io.trustpipeline.spacy.djl.SpacyTranslatorFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A theme with its model loaded. Immutable; shared by threads, each with a {@link ThemePredictor} of its own. */
public final class ThemeModel implements AutoCloseable {
    /** A model that cannot score this one cannot score anything. */
    static final String HARMLESS_TEXT = "The nurse was very kind to me.";

    private final Theme theme;
    private final ScoringMode mode;
    private final ExclusionList exclusions;
    private final String digest;
    private final ZooModel<String, SpanGroups> model;

    private ThemeModel(
            Theme theme,
            ScoringMode mode,
            ExclusionList exclusions,
            String digest,
            ZooModel<String, SpanGroups> model) {
        this.theme = theme;
        this.mode = mode;
        this.exclusions = exclusions;
        this.digest = digest;
        this.model = model;
    }

    /**
     * Loads a saved pipeline and tries it on a text.
     *
     * @param pipeline the folder with its {@code config.cfg}
     * @param weights where a transformer's weights are kept for the next load
     * @throws PipelineException {@code DATA_REFUSED} when the model is damaged or not one that the engine runs
     */
    static ThemeModel load(Theme theme, Path pipeline, Path weights, ExclusionList exclusions, ScoringMode mode) {
        try {
            String digest = ModelDigest.ofPipeline(pipeline);
            ThemeModel loaded = new ThemeModel(
                    theme,
                    mode,
                    exclusions,
                    digest,
                    criteria(theme, pipeline, weights, mode).loadModel());
            loaded.tryOut();
            return loaded;
        } catch (ModelException e) {
            throw refused(Failure.describe(e), e);
        } catch (ModelNotFoundException | MalformedModelException | IOException e) {
            throw refused(pipeline + ": " + e.getMessage(), e);
        }
    }

    private static Criteria<String, SpanGroups> criteria(Theme theme, Path pipeline, Path weights, ScoringMode mode) {
        Criteria.Builder<String, SpanGroups> criteria = Criteria.builder()
                .setTypes(String.class, SpanGroups.class)
                .optModelPath(pipeline)
                .optEngine(SpacyEngine.NAME)
                .optOption(SpacyModel.WEIGHTS, weights.toString())
                .optTranslatorFactory(new SpacyTranslatorFactory());
        if (mode == ScoringMode.ALL_CANDIDATES) {
            criteria.optOption(SpacyModel.ALL_CANDIDATES, "true");
        } else if (mode == ScoringMode.RULES && !theme.respectModelThreshold()) {
            criteria.optOption(
                    SpacyModel.THRESHOLD, Float.toString(theme.thresholds().lowest()));
        }
        return criteria.build();
    }

    private void tryOut() {
        try (ThemePredictor predictor = newPredictor()) {
            predictor.predict(List.of(HARMLESS_TEXT));
        } catch (TranslateException | RuntimeException e) {
            model.close();
            throw refused("the model fails on every text: " + Failure.describe(e), e);
        }
    }

    private static PipelineException refused(String reason, Exception cause) {
        return new PipelineException(ExitCode.DATA_REFUSED, reason, cause);
    }

    ThemePredictor newPredictor() {
        return new ThemePredictor(this, model.newPredictor());
    }

    public Theme theme() {
        return theme;
    }

    public String name() {
        return theme.name();
    }

    /** {@link ModelDigest} of the pipeline. */
    public String digest() {
        return digest;
    }

    /** {@link RulesDigest}: what else changes the spans of this theme. */
    public String rulesDigest() {
        return RulesDigest.of(theme, exclusions, mode);
    }

    ScoringMode mode() {
        return mode;
    }

    ExclusionList exclusions() {
        return exclusions;
    }

    ModelCard card() {
        return language().card();
    }

    Language language() {
        return ((SpacyModel) model.getWrappedModel()).language();
    }

    /** Of all its span categorizers. */
    List<String> labels() {
        return card().labels();
    }

    @Override
    public void close() {
        model.close();
    }
}
