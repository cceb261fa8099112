package io.trustpipeline.spacy.spancat;

import io.trustpipeline.spacy.SpanGroup;
import io.trustpipeline.spacy.SpanGroups;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code doc.spans} while the components run: what each key holds for a later suggester, and the groups that the spancat
 * components wrote. Belongs to one thread.
 */
public final class DocSpans {

    private final Map<String, SpanSource> sources = new HashMap<>();
    private final Map<String, SpanGroup> groups = new LinkedHashMap<>();

    /** Forgets the document before. */
    public void clear() {
        sources.clear();
        groups.clear();
    }

    void put(String key, SpanSource source) {
        sources.put(key, source);
    }

    void put(SpanGroup group) {
        groups.put(group.name(), group);
        sources.put(group.name(), SpanSource.of(group.spans()));
    }

    SpanSource source(String key) {
        return sources.getOrDefault(key, SpanSource.NONE);
    }

    /** What the spancat components wrote, in the order of the pipeline. */
    public SpanGroups groups() {
        return new SpanGroups(new ArrayList<>(groups.values()));
    }
}
