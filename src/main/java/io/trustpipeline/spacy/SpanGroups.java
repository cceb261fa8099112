package io.trustpipeline.spacy;

import java.util.List;

/** What a pipeline found in one document: its groups in the order in which the components ran. */
public record SpanGroups(List<SpanGroup> groups) {
    public SpanGroups {
        groups = List.copyOf(groups);
    }
}
