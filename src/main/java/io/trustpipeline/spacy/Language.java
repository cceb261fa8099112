package io.trustpipeline.spacy;

import io.trustpipeline.spacy.nn.Kernels;
import io.trustpipeline.spacy.spancat.SpanComponent;
import io.trustpipeline.spacy.text.Tokenizer;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * A spaCy pipeline, loaded from the directory that {@code nlp.to_disk} wrote. Immutable and shared by threads; each
 * works with a {@link LanguageSession} of its own.
 */
public final class Language {

    private final Tokenizer tokenizer;
    private final List<SpanComponent> components;
    private final ModelCard card;

    Language(Tokenizer tokenizer, List<SpanComponent> components, ModelCard card) {
        this.tokenizer = tokenizer;
        this.components = List.copyOf(components);
        this.card = card;
    }

    /**
     * What may be asked of a pipeline beyond what its files say.
     *
     * @param threshold in place of the span categorizers' own; null to leave them
     * @param allCandidates whether the span categorizers return every candidate with every label, in spaCy's order
     */
    public record Options(@Nullable Float threshold, boolean allCandidates) {

        /** What the files say. */
        public static final Options DEFAULT = new Options(null, false);

        /** With another threshold. */
        public Options withThreshold(float other) {
            return new Options(other, allCandidates);
        }

        /** With or without all candidates. */
        public Options withAllCandidates(boolean all) {
            return new Options(threshold, all);
        }
    }

    /**
     * Loads a model directory.
     *
     * @throws ModelException when a file is missing or damaged, or when the pipeline has a part that this engine cannot
     *     run and that could change the spans
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

    /** Workspaces for one thread. */
    public LanguageSession newSession() {
        return new LanguageSession(tokenizer, components);
    }

    List<SpanComponent> components() {
        return components;
    }
}
