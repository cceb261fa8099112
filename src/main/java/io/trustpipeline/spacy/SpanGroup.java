package io.trustpipeline.spacy;

import java.util.List;

/**
 * Spans that one component wrote into a document, in the order in which spaCy lists them.
 *
 * @param name the key in spaCy's {@code doc.spans}
 */
public record SpanGroup(String name, List<Span> spans) {
    public SpanGroup {
        spans = List.copyOf(spans);
    }
}
