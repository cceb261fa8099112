package io.trustpipeline.spacy;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A component of a pipeline.
 *
 * @param name in the pipeline
 * @param factory what made it, such as {@code spancat}
 * @param architecture of its model; null when it has none
 * @param skipped why it does not run; null when it does
 * @param tok2vec what it, or the tok2vec that it hears, is made of; null when there is none
 * @param spanCategorizer its settings, when it is a span categorizer
 * @param suggester in words, where its candidates come from, when it is a span categorizer
 * @param categories labels of documents, when it is a text categorizer; else none
 */
public record ComponentCard(
        String name,
        String factory,
        @Nullable String architecture,
        @Nullable String skipped,
        @Nullable TensorCard tok2vec,
        @Nullable SpanCategorizerSettings spanCategorizer,
        @Nullable String suggester,
        List<String> categories) {

    /** Copies the list. */
    public ComponentCard {
        categories = List.copyOf(categories);
    }

    static ComponentCard skipped(String name, String factory, @Nullable String architecture, String reason) {
        return new ComponentCard(name, factory, architecture, reason, null, null, null, List.of());
    }

    /** Whether the component is part of what the engine computes. */
    public boolean runs() {
        return skipped == null;
    }
}
