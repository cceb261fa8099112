package io.trustpipeline.spacy;

import io.trustpipeline.spacy.config.Config;
import io.trustpipeline.spacy.config.Section;
import io.trustpipeline.spacy.spancat.NgramSuggester;
import io.trustpipeline.spacy.spancat.PresetSuggester;
import io.trustpipeline.spacy.spancat.Suggester;
import io.trustpipeline.spacy.transformer.SpanGetter;
import io.trustpipeline.spacy.transformer.StridedSpans;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A component's part of {@code config.cfg}, and its own settings file {@code cfg}, which overrules it.
 *
 * @param file config.cfg, for errors
 */
record ComponentConfig(String name, Path directory, Config config, String file) {

    private static final Pattern FOLDER = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\x00]+");

    private static final String ARCHITECTURES = "@architectures";
    private static final String LAYERS = "@layers";

    private static final Set<String> KNOWN = Set.of(
            "spacy.HashEmbedCNN.v1",
            "spacy.HashEmbedCNN.v2",
            "spacy.LinearLogistic.v1",
            "spacy.MaxoutWindowEncoder.v1",
            "spacy.MaxoutWindowEncoder.v2",
            "spacy.MultiHashEmbed.v1",
            "spacy.MultiHashEmbed.v2",
            "spacy.SpanCategorizer.v1",
            "spacy.SpanFinder.v1",
            "spacy.TextCatBOW.v1",
            "spacy.TextCatBOW.v2",
            "spacy.TextCatBOW.v3",
            "spacy.TextCatCNN.v1",
            "spacy.TextCatCNN.v2",
            "spacy.TextCatEnsemble.v2",
            "spacy.TextCatParametricAttention.v1",
            "spacy.TextCatReduce.v1",
            "spacy.Tok2Vec.v1",
            "spacy.Tok2Vec.v2",
            "spacy.Tok2VecListener.v1",
            "spacy.mean_max_reducer.v1",
            "spacy-curated-transformers.BertTransformer.v1",
            "spacy-curated-transformers.BertWordpieceEncoder.v1",
            "spacy-curated-transformers.ByteBpeEncoder.v1",
            "spacy-curated-transformers.CamembertSentencepieceEncoder.v1",
            "spacy-curated-transformers.CamembertTransformer.v1",
            "spacy-curated-transformers.LastTransformerLayerListener.v1",
            "spacy-curated-transformers.RobertaTransformer.v1",
            "spacy-curated-transformers.SentencepieceEncoder.v1",
            "spacy-curated-transformers.WithStridedSpans.v1",
            "spacy-curated-transformers.WordpieceEncoder.v1",
            "spacy-curated-transformers.XlmrSentencepieceEncoder.v1",
            "spacy-curated-transformers.XlmrTransformer.v1",
            "spacy-transformers.Tok2VecTransformer.v1",
            "spacy-transformers.Tok2VecTransformer.v2",
            "spacy-transformers.Tok2VecTransformer.v3",
            "spacy-transformers.TransformerListener.v1",
            "spacy-transformers.TransformerModel.v1",
            "spacy-transformers.TransformerModel.v2",
            "spacy-transformers.TransformerModel.v3",
            "reduce_first.v1",
            "reduce_last.v1",
            "reduce_max.v1",
            "reduce_mean.v1",
            "reduce_sum.v1",
            "Softmax.v2");

    /** Refuses names that are not those of a folder in the model's. */
    ComponentConfig {
        if (!FOLDER.matcher(name).matches()) {
            throw ModelException.corrupt(file, "component '" + name.replace('\0', '?') + "' has an impossible name");
        }
    }

    Section section() {
        return config.section("components." + name);
    }

    ModelException unsupported(String what) {
        return ModelException.unsupported(file, "component '" + name + "': " + what);
    }

    /** The factory's name. */
    String factory() {
        if (!config.has("components." + name)) {
            throw ModelException.corrupt(file, "component '" + name + "' is in the pipeline but has no section");
        }
        return section().text("factory");
    }

    /** The architecture of the component's model, if it has one. */
    @Nullable
    String architecture() {
        Section model = config.section("components." + name + ".model");
        return model.has(ARCHITECTURES) ? model.text(ARCHITECTURES) : null;
    }

    /** Refuses a model with a part of an architecture that is not known. */
    void checkArchitectures() {
        String model = "components." + name + ".model";
        for (String sectionName : config.sections()) {
            if (sectionName.equals(model) || sectionName.startsWith(model + ".")) {
                Section section = config.section(sectionName);
                for (String registry : List.of(ARCHITECTURES, LAYERS)) {
                    if (section.has(registry) && !KNOWN.contains(section.text(registry))) {
                        throw unsupported("architecture '" + section.text(registry) + "' is not supported");
                    }
                }
            }
        }
    }

    Path modelFile() {
        return directory.resolve(name).resolve("model");
    }

    /** The settings in force. */
    Section settings() {
        return section().overriddenBy(Section.readJson(directory.resolve(name).resolve("cfg")));
    }

    SpanCategorizerSettings spanCategorizer(boolean singleLabel, @Nullable Float threshold) {
        Section settings = settings();
        Float ownThreshold = optional(settings, "threshold", singleLabel ? null : 0.5);
        Integer maxPositive = settings.keys().contains("max_positive")
                ? integer(settings, "max_positive")
                : singleLabel ? Integer.valueOf(1) : null;
        if (maxPositive != null && maxPositive < 1) {
            throw unsupported("max_positive " + maxPositive + ": expected at least 1");
        }
        SpanCategorizerSettings read = new SpanCategorizerSettings(
                settings.text("spans_key", "sc"),
                settings.texts("labels"),
                threshold == null ? ownThreshold : threshold,
                maxPositive,
                !settings.keys().contains("allow_overlap") || settings.flag("allow_overlap", false),
                singleLabel);
        if (read.threshold() == null && (maxPositive == null || maxPositive > 1)) {
            throw unsupported("threshold is null, which only max_positive = 1 allows");
        }
        return read;
    }

    private static @Nullable Float optional(Section settings, String key, @Nullable Double whenAbsent) {
        if (!settings.keys().contains(key)) {
            return whenAbsent == null ? null : whenAbsent.floatValue();
        }
        return settings.has(key) ? (float) settings.number(key) : null;
    }

    /** Whether the component's model holds a transformer of its own. */
    boolean ownsTransformer() {
        Section tok2vec = config.section("components." + name + ".model.tok2vec");
        return tok2vec.text(ARCHITECTURES, "").startsWith("spacy-transformers.Tok2VecTransformer.");
    }

    /**
     * The windows of the component's transformer: only config.cfg knows them.
     *
     * @param sentences of the components before
     */
    SpanGetter windows(SentenceBoundaries sentences) {
        String transformer = "components." + name + ".model" + (ownsTransformer() ? ".tok2vec" : "");
        Section spans = part(transformer, "get_spans");
        String getter = spans.text("@span_getters");
        return switch (getter) {
            case "spacy-transformers.strided_spans.v1" -> strided(spans.integer("window"), spans.integer("stride"));
            case "spacy-transformers.doc_spans.v1" -> StridedSpans.DOCUMENT;
            case "spacy-transformers.sent_spans.v1" -> sentences.of(this);
            default -> throw unsupported("span getter '" + getter + "' is not supported");
        };
    }

    /** Whether a tokenizer that was saved as files alone is read as a fast one. */
    boolean usesFastTokenizer() {
        String model = "components." + name + ".model";
        boolean named =
                config.has(model + ".tokenizer_config") || config.section(model).has("tokenizer_config");
        return !named || part(model, "tokenizer_config").flag("use_fast", true);
    }

    /** The component's model. */
    Section model() {
        return config.section("components." + name + ".model");
    }

    /** A part of the component's model, whose architecture is one of those known. */
    Section modelPart(String key) {
        Section part = part("components." + name + ".model", key);
        if (!KNOWN.contains(part.text(ARCHITECTURES))) {
            throw unsupported("architecture '" + part.text(ARCHITECTURES) + "' is not supported");
        }
        return part;
    }

    /** A part of a section: a section of its own, or written in one line. */
    private Section part(String around, String key) {
        Section section = config.section(around);
        return section.has(key) ? section.object(key) : config.section(around + "." + key);
    }

    private StridedSpans strided(int window, int stride) {
        // With tokens between windows spaCy takes the vectors of one token for another's, or fails.
        if (stride < 1 || stride > window) {
            throw unsupported("window " + window + " and stride " + stride + ", expected 1 <= stride <= window");
        }
        return new StridedSpans(window, stride);
    }

    static @Nullable Integer integer(Section settings, String key) {
        return settings.has(key) ? settings.integer(key) : null;
    }

    Suggester suggester() {
        Section suggester = config.section("components." + name + ".suggester");
        String kind = suggester.text("@misc");
        try {
            return switch (kind) {
                case "spacy.ngram_suggester.v1" -> new NgramSuggester(suggester.integers("sizes"));
                case "spacy.ngram_range_suggester.v1" ->
                    NgramSuggester.range(suggester.integer("min_size"), suggester.integer("max_size"));
                case "spacy.preset_spans_suggester.v1" -> new PresetSuggester(suggester.text("spans_key"));
                default -> throw unsupported("suggester '" + kind + "' is not supported");
            };
        } catch (IllegalArgumentException impossible) {
            throw unsupported("suggester: " + impossible.getMessage());
        }
    }
}
