package io.trustpipeline.spacy;

import java.util.List;

/**
 * Spans that one component wrote into a document, in the order in which spaCy lists them.
 *
 * @param name the key in spaCy's {@code doc.spans}
 * @param near the spans that a slightly lower threshold would have added, in spaCy's order; none unless asked for
 */
public record SpanGroup(String name, List<Span> spans, List<NearSpan> near) {
    public SpanGroup {
        spans = List.copyOf(spans);
        near = List.copyOf(near);
    }

    public SpanGroup(String name, List<Span> spans) {
        this(name, spans, List.of());
    }
}
