package io.trustpipeline.score;

import io.trustpipeline.run.ParityCertificate;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * All models of a catalogue, each loaded and tried once; {@link LoadMode} says whether they stay in memory. Shared by
 * threads; close it when the last scorer that uses it is closed.
 */
public final class ThemeModels implements AutoCloseable {
    private final List<ThemeModel> models;
    private final @Nullable Recommender recommender;
    private final ScoringMode mode;
    private final LoadMode loadMode;
    private final ParityCertificate certificate;

    ThemeModels(
            List<ThemeModel> models,
            @Nullable Recommender recommender,
            ScoringMode mode,
            LoadMode loadMode,
            ParityCertificate certificate) {
        this.models = List.copyOf(models);
        this.recommender = recommender;
        this.mode = mode;
        this.loadMode = loadMode;
        this.certificate = certificate;
    }

    /** As {@link #load(ModelCatalogue, ModelSource, ModelCache, ScoringMode, LoadMode, Progress)}, in silence, as they fit. */
    public static ThemeModels load(ModelCatalogue catalogue, ModelSource source, ModelCache cache, ScoringMode mode) {
        return load(catalogue, source, cache, mode, null, Progress.SILENT);
    }

    /**
     * Fetches, unpacks and loads every model, and compares the scores of those that the folder has a certificate for.
     *
     * @param wanted null for all together when they fit, else one after the other
     * @param progress is told of each model
     * @throws PipelineException with everything that is wrong, a line each: {@code CONFIGURATION} when it is the
     *     catalogue, {@code DATA_REFUSED} when it is the models alone, {@code UNAVAILABLE} when storage does not answer
     */
    public static ThemeModels load(
            ModelCatalogue catalogue,
            ModelSource source,
            ModelCache cache,
            ScoringMode mode,
            @Nullable LoadMode wanted,
            Progress progress) {
        return new CatalogueLoader(catalogue, new ModelFiles(source, cache), mode, progress).load(wanted);
    }

    static List<String> unknownLabels(ThemeModel model) {
        List<String> labels = model.labels();
        return model.theme().thresholds().byLabel().keySet().stream()
                .filter(label -> !labels.contains(label))
                .map(label -> "theme %s: thresholds.json names label %s; the model has %s"
                        .formatted(JsonFile.quoted(model.name()), JsonFile.quoted(label), String.join(", ", labels)))
                .toList();
    }

    /** In the catalogue's order. */
    public List<ThemeModel> models() {
        return models;
    }

    /** How many models there are, the recommend model among them. */
    int count() {
        return models.size() + (recommender == null ? 0 : 1);
    }

    /** Whether there is a recommend model. */
    public boolean recommends() {
        return recommender != null;
    }

    @Nullable
    Recommender recommender() {
        return recommender;
    }

    public ScoringMode mode() {
        return mode;
    }

    /** Whether all of them stay in memory. */
    public LoadMode loadMode() {
        return loadMode;
    }

    /** What the comparison with golden scores of spaCy gave, when they were loaded. */
    public ParityCertificate certificate() {
        return certificate;
    }

    @Override
    public void close() {
        models.forEach(ThemeModel::close);
        if (recommender != null) {
            recommender.close();
        }
    }
}
