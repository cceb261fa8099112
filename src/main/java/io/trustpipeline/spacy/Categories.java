package io.trustpipeline.spacy;

import java.util.List;
import java.util.Optional;

/** A document's categories: spaCy's {@code doc.cats}, in its order. */
public record Categories(List<Category> categories) {

    /** Copies the list. */
    public Categories {
        categories = List.copyOf(categories);
    }

    /** The category with the highest score, the first of those when there are several. */
    public Optional<Category> best() {
        return categories.stream().reduce((best, next) -> next.score() > best.score() ? next : best);
    }
}
