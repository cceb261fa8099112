package io.trustpipeline.score;

import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.Language;
import io.trustpipeline.spacy.ModelCard;
import io.trustpipeline.spacy.SpanGroups;
import io.trustpipeline.spacy.djl.SpacyModel;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A theme with its model. Shared by threads, each with a {@link ThemePredictor} of its own. */
public final class ThemeModel implements AutoCloseable {
    private final Theme theme;
    private final ScoringRules rules;
    private final PipelineModel<SpanGroups> model;

    private ThemeModel(Theme theme, ScoringRules rules, PipelineModel<SpanGroups> model) {
        this.theme = theme;
        this.rules = rules;
        this.model = model;
    }

    /**
     * Loads a saved pipeline and tries it on a text.
     *
     * @param pipeline the folder with its {@code config.cfg}
     * @param weights where a transformer's weights are kept for the next load
     * @throws PipelineException {@code DATA_REFUSED} when the model is damaged or not one that the engine runs
     */
    static ThemeModel load(Theme theme, Path pipeline, Path weights, ScoringRules rules) {
        return new ThemeModel(
                theme, rules, new PipelineModel<>(pipeline, weights, SpanGroups.class, options(theme, rules.mode())));
    }

    private static Map<String, String> options(Theme theme, ScoringMode mode) {
        if (mode == ScoringMode.ALL_CANDIDATES) {
            return Map.of(SpacyModel.ALL_CANDIDATES, "true");
        }
        if (mode == ScoringMode.RAW) {
            return Map.of();
        }
        Map<String, String> options = new HashMap<>();
        options.put(SpacyModel.NEAR, Float.toString(NearMiss.SHARE));
        if (!theme.respectModelThreshold()) {
            options.put(SpacyModel.THRESHOLD, Float.toString(theme.thresholds().lowest()));
        }
        return options;
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
        return model.digest();
    }

    /** {@link RulesDigest}: what else changes the rows of this theme. */
    public String rulesDigest() {
        return RulesDigest.of(theme, rules);
    }

    /** {@link RulesDigest} of everything but the thresholds. */
    public String spanRulesDigest() {
        return RulesDigest.besidesThresholds(rules);
    }

    /**
     * From which score on a span counts, by label and {@code *}: the thresholds of thresholds.json, or the model's own
     * where that is higher and holds as well; null when one label has several.
     */
    public @Nullable Map<String, Float> thresholds() {
        Map<String, Float> thresholds = theme.thresholds().forPlan();
        Map<String, Float> own =
                theme.respectModelThreshold() ? card().thresholds().orElse(null) : Map.of();
        if (own == null) {
            return null;
        }
        if (Set.copyOf(own.values()).size() == 1) {
            float one = own.values().iterator().next();
            thresholds.replaceAll((label, threshold) -> Math.max(threshold, one));
        } else {
            own.forEach((label, threshold) ->
                    thresholds.put(label, Math.max(threshold, theme.thresholds().of(label))));
        }
        return thresholds;
    }

    ScoringRules rules() {
        return rules;
    }

    ModelCard card() {
        return model.card();
    }

    Language language() {
        return model.language();
    }

    /** Of all its span categorizers. */
    List<String> labels() {
        return card().labels();
    }

    /** Takes the model out of memory; the next predictor takes it back. */
    @Override
    public void close() {
        model.close();
    }
}
