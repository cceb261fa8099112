package io.trustpipeline.spacy;

import io.trustpipeline.spacy.config.Config;
import io.trustpipeline.spacy.config.Section;
import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.nn.Steps;
import io.trustpipeline.spacy.nn.ThincModel;
import io.trustpipeline.spacy.spancat.PresetSuggester;
import io.trustpipeline.spacy.spancat.SpanCategorizer;
import io.trustpipeline.spacy.spancat.SpanComponent;
import io.trustpipeline.spacy.spancat.SpanFinder;
import io.trustpipeline.spacy.spancat.SpanNetworkReader;
import io.trustpipeline.spacy.spancat.Suggester;
import io.trustpipeline.spacy.text.Tokenizer;
import io.trustpipeline.spacy.text.Vocab;
import io.trustpipeline.spacy.textcat.TextCategorizer;
import io.trustpipeline.spacy.textcat.TextNetworkReader;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import io.trustpipeline.spacy.tok2vec.Tok2VecReader;
import io.trustpipeline.spacy.transformer.SharedTransformer;
import io.trustpipeline.spacy.transformer.Transformer;
import io.trustpipeline.spacy.transformer.state.ShimFile;
import io.trustpipeline.spacy.transformer.state.TransformerFile;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a model directory and decides, for each component of the pipeline in its order, whether it runs, may be skipped,
 * or makes the model one that must be refused. For one use.
 */
final class PipelineReader {

    private static final String TOKENIZER = "spacy.Tokenizer.v1";
    private static final String DOC_CLEANER = "doc_cleaner";

    private final Path directory;
    private final String file;
    private final Language.Options options;
    private final Kernels kernels;
    private final Config config;

    private final List<SpanComponent> components = new ArrayList<>();
    private final List<TextCategorizer> categorizers = new ArrayList<>();
    private final List<ComponentCard> cards = new ArrayList<>();

    /** The keys of {@code doc.spans} that the components read so far write. */
    private final Set<String> written = new HashSet<>();

    private final PipelineTransformers transformers;
    private final SentenceBoundaries sentences = new SentenceBoundaries();

    /** The last tok2vec read so far: what a listener hears. */
    private @Nullable Tok2Vec heard;

    PipelineReader(Path directory, Language.Options options, Kernels kernels) {
        Path configFile = directory.resolve("config.cfg");
        this.directory = directory;
        this.file = configFile.toString();
        this.options = options;
        this.kernels = kernels;
        this.transformers = new PipelineTransformers(kernels);
        this.config = Config.read(configFile);
    }

    Language read() {
        Section nlp = config.section("nlp");
        Set<String> disabled = nlp.has("disabled") ? Set.copyOf(nlp.texts("disabled")) : Set.of();
        List<ComponentConfig> pipeline = nlp.texts("pipeline").stream()
                .map(name -> new ComponentConfig(name, directory, config, file))
                .toList();
        check(pipeline, disabled);
        Vocab vocab = Vocab.read(directory);
        Tokenizer tokenizer = Tokenizer.read(directory, vocab);
        for (ComponentConfig component : pipeline) {
            if (disabled.contains(component.name())) {
                skip(component, "disabled");
            } else {
                sentences.see(component);
                Factory.find(component.factory(), options.output())
                        .ifPresentOrElse(
                                factory -> read(component, factory, vocab),
                                () -> skip(
                                        component,
                                        "does not change the "
                                                + options.output().optionName()));
            }
        }
        return new Language(tokenizer, options.output(), components, categorizers, card());
    }

    /** What can be told from config.cfg alone, so that a model is refused before its large files are read. */
    private void check(List<ComponentConfig> pipeline, Set<String> disabled) {
        String tokenizer = config.section("nlp.tokenizer").text("@tokenizers", TOKENIZER);
        if (!tokenizer.equals(TOKENIZER)) {
            throw ModelException.unsupported(file, "tokenizer '" + tokenizer + "' is not supported");
        }
        boolean writes = false;
        String cleaner = null;
        for (ComponentConfig component : pipeline) {
            String name = component.factory();
            if (disabled.contains(component.name())) {
                continue;
            }
            Optional<Factory> factory = Factory.find(name, options.output());
            if (factory.isPresent()) {
                component.checkArchitectures();
                writes |= factory.get().writes(options.output());
                if (factory.get() == Factory.TOK2VEC) {
                    cleaner = null;
                }
                if (cleaner != null) {
                    throw refused(cleaner, DOC_CLEANER, "removes the tensor before '" + component.name() + "'");
                }
            } else if (name.equals(DOC_CLEANER)) {
                cleaner = component.name();
            } else if (!Factory.isBeside(name, options.output())) {
                throw refused(component.name(), name, Factory.refusal(name));
            }
        }
        if (!writes) {
            throw ModelException.unsupported(
                    file,
                    "no " + (options.output() == Output.SPANS ? "span" : "text") + " categorizer runs in pipeline "
                            + pipeline.stream().map(ComponentConfig::name).toList());
        }
    }

    private ModelException refused(String component, String factory, String why) {
        return ModelException.unsupported(file, "component '" + component + "': factory '" + factory + "' " + why);
    }

    private void skip(ComponentConfig component, String reason) {
        cards.add(ComponentCard.skipped(component.name(), component.factory(), component.architecture(), reason));
    }

    private void read(ComponentConfig component, Factory factory, Vocab vocab) {
        switch (factory) {
            case TRANSFORMER -> readTransformer(component);
            case CURATED_TRANSFORMER -> share(component, CuratedTransformerReader.read(component, options.weights()));
            case TOK2VEC -> readTok2Vec(component, network(component, vocab));
            case SPAN_FINDER -> readSpanFinder(component, network(component, vocab));
            case SPANCAT -> readSpanCategorizer(component, network(component, vocab), false);
            case SPANCAT_SINGLELABEL -> readSpanCategorizer(component, network(component, vocab), true);
            case TEXTCAT, TEXTCAT_MULTILABEL -> readTextCategorizer(component, network(component, vocab));
        }
    }

    /** A component's network, and what reads its parts. */
    private record Network(Steps steps, Tok2VecReader tok2vecs) {}

    private Network network(ComponentConfig component, Vocab vocab) {
        Path model = component.modelFile();
        Steps steps;
        Transformer own = null;
        if (component.ownsTransformer()) {
            ShimFile file = ShimFile.open(model);
            steps = ThincModel.read(file.network(), model.toString());
            own = Transformer.of(TransformerFile.read(file), component.windows(sentences), options.weights());
        } else {
            steps = ThincModel.read(model);
        }
        Tok2VecReader tok2vecs = new Tok2VecReader(model.toString(), kernels, vocab.vectors(), transformers.of(own));
        return new Network(steps, tok2vecs);
    }

    private SpanNetworkReader spans(Network network) {
        return new SpanNetworkReader(kernels, network.tok2vecs, heard);
    }

    private void readTok2Vec(ComponentConfig component, Network network) {
        heard = network.tok2vecs.read(network.steps, null);
        network.steps.end();
        addCard(component, heard.card(), null);
    }

    /** Where later versions write a file, spacy-transformers 1.0 wrote a folder as Hugging Face does. */
    private void readTransformer(ComponentConfig component) {
        Path model = component.modelFile();
        TransformerFile file = Files.isDirectory(model)
                ? TransformerFile.readFolder(model, component.usesFastTokenizer())
                : TransformerFile.read(ShimFile.open(model));
        share(component, Transformer.of(file, component.windows(sentences), options.weights()));
    }

    private void share(ComponentConfig component, SharedTransformer transformer) {
        transformers.share(transformer);
        addCard(component, transformer.card(), null);
    }

    private void readSpanFinder(ComponentConfig component, Network network) {
        Section settings = component.settings();
        String spansKey = settings.text("spans_key");
        SpanFinder finder = spans(network)
                .spanFinder(
                        network.steps,
                        spansKey,
                        (float) settings.number("threshold"),
                        ComponentConfig.integer(settings, "min_length"),
                        ComponentConfig.integer(settings, "max_length"));
        components.add(finder);
        written.add(spansKey);
        addCard(component, finder.tok2vec().card(), null);
    }

    private void readSpanCategorizer(ComponentConfig component, Network network, boolean singleLabel) {
        SpanCategorizerSettings settings = component.spanCategorizer(singleLabel, options.threshold());
        Suggester suggester = component.suggester();
        if (suggester instanceof PresetSuggester preset && !written.contains(preset.spansKey())) {
            throw ModelException.unsupported(
                    file,
                    "component '" + component.name() + "': its suggester reads doc.spans[\"" + preset.spansKey()
                            + "\"], which no component before it writes");
        }
        SpanCategorizer categorizer = spans(network)
                .spanCategorizer(network.steps, settings, suggester, options.near(), options.allCandidates());
        components.add(categorizer);
        written.add(settings.spansKey());
        addCard(component, categorizer.tok2vec().card(), categorizer);
    }

    private void readTextCategorizer(ComponentConfig component, Network network) {
        TextCategorizer categorizer = new TextNetworkReader(kernels, network.tok2vecs, heard)
                .textCategorizer(network.steps, component.settings().texts("labels"));
        categorizers.add(categorizer);
        cards.add(new ComponentCard(
                component.name(),
                component.factory(),
                component.architecture(),
                null,
                categorizer.tok2vec().map(Tok2Vec::card).orElse(null),
                null,
                null,
                categorizer.labels()));
    }

    private void addCard(
            ComponentConfig component, @Nullable TensorCard tensor, @Nullable SpanCategorizer categorizer) {
        cards.add(new ComponentCard(
                component.name(),
                component.factory(),
                component.architecture(),
                null,
                tensor,
                categorizer == null ? null : categorizer.settings(),
                categorizer == null ? null : categorizer.suggester().describe(),
                List.of()));
    }

    private ModelCard card() {
        Path meta = directory.resolve("meta.json");
        if (!Files.exists(meta)) {
            return new ModelCard("", config.section("nlp").text("lang"), "", "", cards);
        }
        Section facts = Section.readJson(meta);
        return new ModelCard(
                facts.text("name", ""),
                facts.text("lang", ""),
                facts.text("version", ""),
                facts.text("spacy_version", ""),
                cards);
    }
}
