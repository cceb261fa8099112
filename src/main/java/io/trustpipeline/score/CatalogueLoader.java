package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.ParityCertificate;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.ModelFiles.Pipeline;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Loads the models of a catalogue and gathers everything that is wrong with them. For one use. */
final class CatalogueLoader {
    private static final String RECOMMEND = "recommend.json";

    private final ModelCatalogue catalogue;
    private final ModelFiles files;
    private final ScoringMode mode;
    private final Progress progress;
    private final ParityCheck parity;
    private final List<String> problems;
    private final Map<Theme, Pipeline> themes = new LinkedHashMap<>();
    private final List<ThemeModel> models = new ArrayList<>();
    private @Nullable Pipeline recommend;
    private @Nullable Recommender recommender;
    private boolean configuration;
    private int tried;

    CatalogueLoader(ModelCatalogue catalogue, ModelFiles files, ScoringMode mode, Progress progress) {
        this.catalogue = catalogue;
        this.files = files;
        this.mode = mode;
        this.progress = progress;
        this.parity = ParityCheck.of(catalogue.folder());
        this.problems = new ArrayList<>(catalogue.problems());
        this.configuration = !problems.isEmpty();
    }

    ThemeModels load(@Nullable LoadMode wanted) {
        ThemeModels loaded = null;
        try {
            unpack();
            LoadMode loadMode = loadMode(wanted);
            loadRecommender(loadMode);
            loadThemes(loadMode);
            if (!problems.isEmpty()) {
                throw new PipelineException(
                        configuration ? ExitCode.CONFIGURATION : ExitCode.DATA_REFUSED, String.join("\n", problems));
            }
            loaded = new ThemeModels(models, recommender, mode, loadMode, parity.result());
            parity.summary().ifPresent(progress::note);
            return loaded;
        } finally {
            if (loaded == null) {
                new ThemeModels(models, recommender, mode, LoadMode.ALL, ParityCertificate.NONE).close();
            }
        }
    }

    private void unpack() {
        for (Theme theme : catalogue.themes()) {
            Pipeline pipeline = attempt(shown(theme), () -> files.pipeline(theme.model()));
            if (pipeline != null) {
                themes.put(theme, pipeline);
            }
        }
        ModelLocation location = mode == ScoringMode.RULES ? catalogue.recommend() : null;
        if (location != null) {
            recommend = attempt(RECOMMEND, () -> files.pipeline(location));
        }
    }

    private LoadMode loadMode(@Nullable LoadMode wanted) {
        List<ModelSize> sizes = new ArrayList<>();
        themes.values().forEach(pipeline -> sizes.add(pipeline.size()));
        if (recommend != null) {
            sizes.add(recommend.size());
        }
        LoadMode chosen = wanted == null ? LoadMode.fitting(sizes, LoadMode.Machine.present()) : wanted;
        if (chosen == LoadMode.SEQUENTIAL && sizes.size() > 1) {
            progress.note("%d models of %d MB are loaded one after the other%s"
                    .formatted(
                            sizes.size(),
                            sizes.stream().mapToLong(ModelSize::megabytes).sum(),
                            wanted == null ? ": together they would not fit into memory" : ""));
        }
        return chosen;
    }

    private void loadRecommender(LoadMode loadMode) {
        Pipeline pipeline = recommend;
        if (pipeline == null) {
            return;
        }
        recommender = timed(
                RECOMMEND,
                pipeline,
                () -> new Recommender(pipeline.folder(), files.cache().weights()));
        Recommender loaded = recommender;
        if (loaded != null) {
            compare(RECOMMEND, () -> parity.categories(RECOMMEND, loaded.digest(), loaded.language()));
            if (loadMode == LoadMode.SEQUENTIAL) {
                loaded.close();
            }
        }
    }

    private void loadThemes(LoadMode loadMode) {
        ScoringRules rules =
                new ScoringRules(mode, catalogue.exclusions(), recommender == null ? null : recommender.digest());
        themes.forEach((theme, pipeline) -> {
            ThemeModel model = timed(
                    shown(theme),
                    pipeline,
                    () -> ThemeModel.load(
                            theme, pipeline.folder(), files.cache().weights(), rules));
            if (model != null) {
                models.add(model);
                configuration |= problems.addAll(ThemeModels.unknownLabels(model));
                compare(shown(theme), () -> parity.spans(theme.name(), model.digest(), model.language()));
                if (loadMode == LoadMode.SEQUENTIAL) {
                    model.close();
                }
            }
        });
    }

    private void compare(String model, Runnable comparison) {
        attempt(model, () -> {
            comparison.run();
            return model;
        });
    }

    private <T> @Nullable T timed(String model, Pipeline pipeline, Supplier<T> load) {
        tried++;
        long start = System.nanoTime();
        T loaded = attempt(model, load);
        if (loaded != null) {
            progress.note(String.format(
                    Locale.ROOT,
                    "model %d of %d: %s, %d MB, loaded in %.1f s",
                    tried,
                    themes.size() + (recommend == null ? 0 : 1),
                    model,
                    pipeline.size().megabytes(),
                    (System.nanoTime() - start) / 1e9));
        }
        return loaded;
    }

    /** What the model's problem leaves: null, and a line for people. */
    private <T> @Nullable T attempt(String model, Supplier<T> work) {
        try {
            return work.get();
        } catch (PipelineException e) {
            configuration |= e.exitCode() == ExitCode.CONFIGURATION;
            problems.add(problem(model, e));
            return null;
        }
    }

    /** The line of a model that cannot be used; anything else that went wrong goes on. */
    static String problem(String model, PipelineException e) {
        if (e.exitCode() != ExitCode.DATA_REFUSED && e.exitCode() != ExitCode.CONFIGURATION) {
            throw e;
        }
        return model + ": " + e.getMessage();
    }

    static String shown(Theme theme) {
        return "theme " + JsonFile.quoted(theme.name());
    }
}
