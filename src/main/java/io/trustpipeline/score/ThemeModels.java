package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All models of a catalogue, loaded. Shared by threads; close it when the last scorer that uses it is closed. */
public final class ThemeModels implements AutoCloseable {
    private final List<ThemeModel> models;
    private final ScoringMode mode;

    private ThemeModels(List<ThemeModel> models, ScoringMode mode) {
        this.models = List.copyOf(models);
        this.mode = mode;
    }

    /**
     * Fetches, unpacks and loads every model.
     *
     * @throws PipelineException with everything that is wrong, a line each: {@code CONFIGURATION} when it is the
     *     catalogue, {@code DATA_REFUSED} when it is the models alone, {@code UNAVAILABLE} when storage does not answer
     */
    public static ThemeModels load(ModelCatalogue catalogue, ModelSource source, ModelCache cache, ScoringMode mode) {
        List<String> problems = new ArrayList<>(catalogue.problems());
        List<ThemeModel> models = new ArrayList<>();
        boolean loaded = false;
        try {
            boolean configuration = !problems.isEmpty();
            for (Theme theme : catalogue.themes()) {
                try {
                    ThemeModel model = load(theme, catalogue.exclusions(), source, cache, mode);
                    models.add(model);
                    configuration |= problems.addAll(unknownLabels(model));
                } catch (PipelineException e) {
                    configuration |= e.exitCode() == ExitCode.CONFIGURATION;
                    problems.add(problem(theme, e));
                }
            }
            if (!problems.isEmpty()) {
                throw new PipelineException(
                        configuration ? ExitCode.CONFIGURATION : ExitCode.DATA_REFUSED, String.join("\n", problems));
            }
            loaded = true;
            return new ThemeModels(models, mode);
        } finally {
            if (!loaded) {
                models.forEach(ThemeModel::close);
            }
        }
    }

    /** The line of a theme that cannot be used; anything else that went wrong goes on. */
    static String problem(Theme theme, PipelineException e) {
        if (e.exitCode() != ExitCode.DATA_REFUSED && e.exitCode() != ExitCode.CONFIGURATION) {
            throw e;
        }
        return "theme " + JsonFile.quoted(theme.name()) + ": " + e.getMessage();
    }

    static ThemeModel load(
            Theme theme, ExclusionList exclusions, ModelSource source, ModelCache cache, ScoringMode mode) {
        Path place = theme.model() instanceof ModelLocation.Stored stored
                ? source.fetch(stored.bucket(), stored.key())
                : ((ModelLocation.Local) theme.model()).path();
        Path unpacked = Files.isDirectory(place) ? place : cache.unpacked(place);
        try {
            Path pipeline = PipelineFolder.of(unpacked)
                    .orElseThrow(() -> new PipelineException(
                            ExitCode.DATA_REFUSED, theme.model() + ": holds no " + PipelineFolder.CONFIG));
            return ThemeModel.load(theme, pipeline, cache.weights(), exclusions, mode);
        } catch (UncheckedIOException e) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED, theme.model() + ": cannot be read: " + e.getMessage(), e);
        }
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

    public ScoringMode mode() {
        return mode;
    }

    @Override
    public void close() {
        models.forEach(ThemeModel::close);
    }
}
