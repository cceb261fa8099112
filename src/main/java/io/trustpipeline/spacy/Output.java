package io.trustpipeline.spacy;

import java.util.Locale;

/** What is asked of a pipeline; components that neither write it nor are heard by those that do are left out. */
public enum Output {
    /** {@code doc.spans}, by the span categorizers. */
    SPANS,
    /** {@code doc.cats}, by the text categorizers. */
    CATEGORIES;

    /** The name in options. */
    public String optionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
