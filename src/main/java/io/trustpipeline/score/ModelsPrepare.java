package io.trustpipeline.score;

import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.ModelFiles.Pipeline;

import java.util.Locale;

/**
 * What {@code models prepare} does: every model is fetched, unpacked, checked and loaded, which leaves a transformer's
 * weights in the form that loads fast; then it is loaded again, as every later run will. Archives stay what counts: what is
 * kept is found by their digests, and made again when it is not there or damaged.
 */
public final class ModelsPrepare {
    private final ModelFiles files;
    private final Progress progress;
    private int prepared;
    private int failed;

    /** @param progress is told of each model */
    public ModelsPrepare(ModelSource source, ModelCache cache, Progress progress) {
        this.files = new ModelFiles(source, cache);
        this.progress = progress;
    }

    /**
     * Prepares the models of a catalogue; returns whether a run could use it as it is.
     *
     * @throws PipelineException when storage does not answer or the cache cannot be written
     */
    public boolean prepare(ModelCatalogue catalogue) {
        catalogue.problems().forEach(progress::note);
        ScoringRules rules = ScoringRules.of(ScoringMode.RULES, catalogue.exclusions());
        for (Theme theme : catalogue.themes()) {
            prepare(CatalogueLoader.shown(theme), theme.model(), pipeline -> {
                try (ThemeModel model =
                        ThemeModel.load(theme, pipeline.folder(), files.cache().weights(), rules)) {
                    return model.digest();
                }
            });
        }
        ModelLocation recommend = catalogue.recommend();
        if (recommend != null) {
            prepare("recommend model", recommend, pipeline -> {
                try (Recommender model =
                        new Recommender(pipeline.folder(), files.cache().weights())) {
                    return model.digest();
                }
            });
        }
        boolean ok = failed == 0 && catalogue.problems().isEmpty();
        progress.note("%s: %d of %d models are prepared in %s"
                .formatted(
                        ok ? "ok" : "not ok",
                        prepared,
                        prepared + failed,
                        files.cache().folder()));
        return ok;
    }

    /** Loads a model and lets it go again. */
    private interface Loading {
        String digest(Pipeline pipeline);
    }

    private void prepare(String model, ModelLocation location, Loading loading) {
        try {
            long start = System.nanoTime();
            Pipeline pipeline = files.pipeline(location);
            double unpacked = seconds(start);
            start = System.nanoTime();
            String digest = loading.digest(pipeline);
            double first = seconds(start);
            start = System.nanoTime();
            loading.digest(files.pipeline(location));
            double again = seconds(start);
            prepared++;
            progress.note(String.format(
                    Locale.ROOT,
                    "%s: %d MB, unpacked in %.1f s, first loaded in %.1f s, now loads in %.1f s, digest %s",
                    model,
                    pipeline.size().megabytes(),
                    unpacked,
                    first,
                    again,
                    digest));
        } catch (PipelineException e) {
            failed++;
            progress.note(CatalogueLoader.problem(model, e));
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
