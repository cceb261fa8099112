package io.trustpipeline.spacy;

import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.spancat.SpanCategorizer;
import io.trustpipeline.spacy.spancat.SpanComponent;
import io.trustpipeline.spacy.text.Tokenizer;
import io.trustpipeline.spacy.textcat.TextCategorizer;
import io.trustpipeline.spacy.tok2vec.Tok2Vec;
import io.trustpipeline.spacy.transformer.encoder.WeightCache;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A spaCy pipeline, loaded from the directory that {@code nlp.to_disk} wrote. Immutable and shared by threads; each
 * works with a {@link LanguageSession} of its own.
 */
public final class Language {

    private final Tokenizer tokenizer;
    private final Output output;
    private final List<SpanComponent> components;
    private final List<TextCategorizer> categorizers;
    private final ModelCard card;

    Language(
            Tokenizer tokenizer,
            Output output,
            List<SpanComponent> components,
            List<TextCategorizer> categorizers,
            ModelCard card) {
        this.tokenizer = tokenizer;
        this.output = output;
        this.components = List.copyOf(components);
        this.categorizers = List.copyOf(categorizers);
        this.card = card;
    }

    /**
     * What may be asked of a pipeline beyond what its files say.
     *
     * @param output what is wanted of it
     * @param threshold in place of the span categorizers' own; null to leave them
     * @param near from which share of their thresholds on span categorizers also return spans, apart from the others; 1 for
     *     none
     * @param allCandidates whether the span categorizers return every candidate with every label, in spaCy's order
     * @param weights where transformers keep their weights in the order in which they are read, so that the next load is
     *     fast
     */
    public record Options(
            Output output, @Nullable Float threshold, float near, boolean allCandidates, WeightCache weights) {

        /** What the files say, for spans. */
        public static final Options DEFAULT = new Options(Output.SPANS, null, 1, false, WeightCache.none());

        /** For another output. */
        public Options withOutput(Output other) {
            return new Options(other, threshold, near, allCandidates, weights);
        }

        /** With another threshold. */
        public Options withThreshold(float other) {
            return new Options(output, other, near, allCandidates, weights);
        }

        /** With spans from this share of the thresholds on. */
        public Options withNear(float share) {
            return new Options(output, threshold, share, allCandidates, weights);
        }

        /** With or without all candidates. */
        public Options withAllCandidates(boolean all) {
            return new Options(output, threshold, near, all, weights);
        }

        /** With a folder of weights, which is created when absent. */
        public Options withWeights(Path folder) {
            return new Options(output, threshold, near, allCandidates, new WeightCache(folder));
        }
    }

    /**
     * Loads a model directory.
     *
     * @throws ModelException when a file is missing or damaged, or when the pipeline has a part that this engine cannot
     *     run and that could change the output
     */
    public static Language load(Path directory, Options options) {
        return load(directory, options, Kernels.preferred());
    }

    static Language load(Path directory, Options options, Kernels kernels) {
        return new PipelineReader(directory, options, kernels).read();
    }

    /** What was loaded, for people. */
    public ModelCard card() {
        return card;
    }

    /** What it was loaded for. */
    public Output output() {
        return output;
    }

    /** The same pipeline, on the same weights, whose span categorizers return every candidate with every label. */
    public Language withAllCandidates() {
        return new Language(
                tokenizer,
                output,
                components.stream().map(SpanComponent::withAllCandidates).toList(),
                categorizers,
                card);
    }

    /** Workspaces for one thread. */
    public LanguageSession newSession() {
        return new LanguageSession(tokenizer, components, categorizers);
    }

    /** The number of tokens that a text has; free for a text that this thread has just scored. */
    public int countTokens(String text) {
        return RecentDocs.tokenize(tokenizer, text).length();
    }

    /** How its caches have served since it was loaded. */
    public CacheUse caches() {
        CacheCounts words = Stream.concat(
                        components.stream().map(SpanComponent::tok2vec),
                        categorizers.stream().map(TextCategorizer::tok2vec).flatMap(Optional::stream))
                .distinct()
                .map(Tok2Vec::words)
                .reduce(CacheCounts.NONE, CacheCounts::plus);
        CacheCounts contexts = components.stream()
                .map(component ->
                        component instanceof SpanCategorizer categorizer ? categorizer.contexts() : CacheCounts.NONE)
                .reduce(CacheCounts.NONE, CacheCounts::plus);
        return new CacheUse(words, contexts);
    }

    /** Forgets what became of the texts that it has seen; only what it knows of words is kept. */
    public void forgetTexts() {
        for (SpanComponent component : components) {
            if (component instanceof SpanCategorizer categorizer) {
                categorizer.forget();
            }
        }
    }

    List<SpanComponent> components() {
        return components;
    }
}
