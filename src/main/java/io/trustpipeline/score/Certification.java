package io.trustpipeline.score;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.run.Progress;
import io.trustpipeline.score.SpacyPython.Question;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code models prepare --certify} does: golden scores of a few texts, made by spaCy or given as a file, are compared
 * with ours; when they are the same they become the {@code certificate.json} of the models folder, which every later run
 * is held to.
 */
public final class Certification {
    private static final String TEXTS = "certificate-texts.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ModelFiles files;
    private final Progress progress;

    /** @param progress is told what came out */
    public Certification(ModelSource source, ModelCache cache, Progress progress) {
        this.files = new ModelFiles(source, cache);
        this.progress = progress;
    }

    /**
     * Has a Python with spaCy make the golden scores.
     *
     * @throws PipelineException CONFIGURATION when spaCy cannot, DATA_REFUSED when our scores differ from its
     */
    public void withPython(ModelCatalogue catalogue, String executable) {
        certify(catalogue, golden -> {
            Map<String, Question> questions = new LinkedHashMap<>();
            ScoringRules rules = ScoringRules.of(ScoringMode.RULES, catalogue.exclusions());
            for (Theme theme : catalogue.themes()) {
                Path pipeline = files.pipeline(theme.model()).folder();
                try (ThemeModel model =
                        ThemeModel.load(theme, pipeline, files.cache().weights(), rules)) {
                    questions.put(model.digest(), new Question(pipeline, "spans"));
                }
            }
            ModelLocation recommend = catalogue.recommend();
            if (recommend != null) {
                Path pipeline = files.pipeline(recommend).folder();
                try (Recommender model = new Recommender(pipeline, files.cache().weights())) {
                    questions.put(model.digest(), new Question(pipeline, "categories"));
                }
            }
            new SpacyPython(executable, catalogue.folder()).score(texts(), questions, golden);
        });
    }

    /**
     * Takes golden scores that somebody made elsewhere.
     *
     * @throws PipelineException CONFIGURATION when the file holds none, DATA_REFUSED when our scores differ
     */
    public void withFile(ModelCatalogue catalogue, Path given) {
        certify(catalogue, golden -> Files.copy(given, golden, StandardCopyOption.REPLACE_EXISTING));
    }

    private interface Maker {
        void make(Path golden) throws IOException;
    }

    private void certify(ModelCatalogue catalogue, Maker maker) {
        Path folder = catalogue.requireSound().folder();
        if (Files.exists(folder.resolve(PipelineFolder.CONFIG))) {
            throw new PipelineException(
                    ExitCode.CONFIGURATION,
                    folder + ": is a model itself, and a certificate inside would change its digest; put it into a"
                            + " folder of models");
        }
        Path golden = folder.resolve(GoldenFile.NAME + ".new");
        try {
            maker.make(golden);
            String summary = compare(catalogue, GoldenFile.read(golden))
                    .orElseThrow(
                            () -> new PipelineException(
                                    ExitCode.CONFIGURATION,
                                    folder
                                            + ": the golden scores are of none of its models; `models check` lists their digests"));
            Files.move(golden, folder.resolve(GoldenFile.NAME), StandardCopyOption.REPLACE_EXISTING);
            progress.note(folder.resolve(GoldenFile.NAME) + ": " + summary);
        } catch (IOException e) {
            throw new PipelineException(ExitCode.UNAVAILABLE, golden + ": cannot be written: " + e, e);
        } finally {
            discard(golden);
        }
    }

    private Optional<String> compare(ModelCatalogue catalogue, GoldenScores golden) {
        ParityCheck check = new ParityCheck(golden);
        ScoringRules rules = ScoringRules.of(ScoringMode.RULES, catalogue.exclusions());
        for (Theme theme : catalogue.themes()) {
            Path pipeline = files.pipeline(theme.model()).folder();
            try (ThemeModel model =
                    ThemeModel.load(theme, pipeline, files.cache().weights(), rules)) {
                named(CatalogueLoader.shown(theme), () -> check.spans(model.name(), model.digest(), model.language()));
            }
        }
        ModelLocation recommend = catalogue.recommend();
        if (recommend != null) {
            try (Recommender model = new Recommender(
                    files.pipeline(recommend).folder(), files.cache().weights())) {
                named("recommend.json", () -> check.categories("recommend.json", model.digest(), model.language()));
            }
        }
        return check.summary();
    }

    private static void named(String model, Runnable comparison) {
        try {
            comparison.run();
        } catch (PipelineException e) {
            throw new PipelineException(e.exitCode(), CatalogueLoader.problem(model, e), e);
        }
    }

    private static List<String> texts() {
        try {
            return JSON.readValue(SpacyPython.resource(TEXTS), new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the jar's " + TEXTS + " is no list of texts", e);
        }
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The next certification overwrites it.
        }
    }
}
