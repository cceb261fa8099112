package io.trustpipeline.score;

import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.ComponentCard;
import io.trustpipeline.spacy.ModelCard;
import io.trustpipeline.spacy.SpanCategorizerSettings;
import io.trustpipeline.spacy.TransformerCard;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What {@code models check} prints: of every theme what its model is and whether it runs, or why it cannot be used.
 *
 * @param lines for people
 * @param ok whether a run could use the catalogue as it is
 */
public record ModelsCheck(List<String> lines, boolean ok) {
    public ModelsCheck {
        lines = List.copyOf(lines);
    }

    /**
     * Fetches, unpacks, loads and tries every model.
     *
     * @throws PipelineException when storage does not answer or the cache cannot be written
     */
    public static ModelsCheck of(ModelCatalogue catalogue, ModelSource source, ModelCache cache) {
        List<String> lines = new ArrayList<>(catalogue.problems());
        int usable = 0;
        ModelFiles files = new ModelFiles(source, cache);
        ScoringRules rules = ScoringRules.of(ScoringMode.RULES, catalogue.exclusions());
        for (Theme theme : catalogue.themes()) {
            try (ThemeModel model =
                    ThemeModel.load(theme, files.pipeline(theme.model()).folder(), cache.weights(), rules)) {
                List<String> strangers = ThemeModels.unknownLabels(model);
                lines.addAll(describe(model));
                lines.addAll(strangers);
                usable += strangers.isEmpty() ? 1 : 0;
            } catch (PipelineException e) {
                lines.add(CatalogueLoader.problem(CatalogueLoader.shown(theme), e));
            }
        }
        boolean recommends = recommend(catalogue, files, lines);
        boolean ok =
                catalogue.problems().isEmpty() && usable == catalogue.themes().size() && recommends;
        lines.add("%s: %d of %d models can be used"
                .formatted(ok ? "ok" : "not ok", usable, catalogue.themes().size()));
        return new ModelsCheck(lines, ok);
    }

    /** Adds the lines of the recommend model; false when there is one that cannot be used. */
    private static boolean recommend(ModelCatalogue catalogue, ModelFiles files, List<String> lines) {
        ModelLocation location = catalogue.recommend();
        if (location == null) {
            return true;
        }
        try (Recommender recommender =
                new Recommender(files.pipeline(location).folder(), files.cache().weights())) {
            ModelCard card = recommender.card();
            lines.add("recommend model: runs");
            lines.addAll(identity(card, location, recommender.digest()));
            lines.add("  labels     " + String.join(", ", card.categories()));
            return true;
        } catch (PipelineException e) {
            lines.add(CatalogueLoader.problem("recommend.json", e));
            return false;
        }
    }

    private static List<String> identity(ModelCard card, ModelLocation location, String digest) {
        return List.of(
                "  model      %s %s, language %s, for spaCy %s"
                        .formatted(card.name(), card.version(), card.language(), card.spacyVersion()),
                "  from       " + location,
                "  digest     " + digest,
                "  pipeline   "
                        + card.components().stream().map(ModelsCheck::component).collect(Collectors.joining(", ")));
    }

    private static List<String> describe(ThemeModel model) {
        ModelCard card = model.card();
        List<String> lines = new ArrayList<>();
        lines.add("theme %s: runs".formatted(JsonFile.quoted(model.name())));
        lines.addAll(identity(card, model.theme().model(), model.digest()));
        for (ComponentCard component : card.components()) {
            if (component.factory().endsWith("transformer") && component.tok2vec() instanceof TransformerCard encoder) {
                lines.add("  encoder    %s, %d layers of %d numbers, %d heads, %s"
                        .formatted(
                                encoder.family(),
                                encoder.layers(),
                                encoder.width(),
                                encoder.heads(),
                                encoder.windows()));
            }
            SpanCategorizerSettings settings = component.spanCategorizer();
            if (settings != null && component.runs()) {
                lines.addAll(
                        describe(component.name(), settings, String.valueOf(component.suggester()), model.theme()));
            }
        }
        return lines;
    }

    private static String component(ComponentCard component) {
        String name = component.name().equals(component.factory())
                ? component.name()
                : component.name() + " (" + component.factory() + ")";
        return component.runs() ? name : name + " [not run: " + component.skipped() + "]";
    }

    private static List<String> describe(
            String component, SpanCategorizerSettings settings, String suggester, Theme theme) {
        List<String> lines = new ArrayList<>();
        lines.add("  " + component + " writes spans[" + JsonFile.quoted(settings.spansKey()) + "], candidates: "
                + suggester);
        lines.add("  labels     " + String.join(", ", settings.labels()));
        Float own = settings.threshold();
        lines.add("  threshold  %s; %s"
                .formatted(own == null ? "the model has none" : "the model's own " + shown(own), thresholds(theme)));
        if (own != null && theme.respectModelThreshold()) {
            String inert = settings.labels().stream()
                    .filter(label -> theme.thresholds().of(label) < own)
                    .map(label -> label + " " + shown(theme.thresholds().of(label)))
                    .collect(Collectors.joining(", "));
            if (!inert.isEmpty()) {
                lines.add("  note       without effect: " + inert + "; the model's own " + shown(own)
                        + " is higher. \"respect_model_threshold\": false in models.json would let them decide alone");
            }
        }
        return lines;
    }

    private static String thresholds(Theme theme) {
        String byLabel = theme.thresholds().byLabel().entrySet().stream()
                .map(entry -> entry.getKey() + " " + shown(entry.getValue()) + ", ")
                .collect(Collectors.joining());
        return "thresholds.json: %s%s%s%s"
                .formatted(
                        byLabel,
                        byLabel.isEmpty() ? "" : "others ",
                        shown(theme.thresholds().others()),
                        theme.respectModelThreshold() ? "" : " (these alone)");
    }

    private static String shown(float threshold) {
        return Float.toString(threshold);
    }
}
