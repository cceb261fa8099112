package io.trustpipeline.spacy;

import java.util.List;
import java.util.Objects;

/**
 * What a model directory is and what the engine makes of it, for people.
 *
 * @param name of the model, from {@code meta.json}
 * @param language its language code
 * @param version of the model
 * @param spacyVersion the versions of spaCy it was made for
 * @param components the pipeline in its order
 */
public record ModelCard(
        String name, String language, String version, String spacyVersion, List<ComponentCard> components) {

    /** Copies the list. */
    public ModelCard {
        components = List.copyOf(components);
    }

    /** Labels of documents, of all its text categorizers that run. */
    public List<String> categories() {
        return components.stream()
                .flatMap(component -> component.categories().stream())
                .distinct()
                .toList();
    }

    /** The lowest of its span categorizers' own; 0 when one of them has none. */
    public float lowestThreshold() {
        float lowest = 1;
        for (ComponentCard component : components) {
            SpanCategorizerSettings settings = component.runs() ? component.spanCategorizer() : null;
            if (settings != null) {
                Float own = settings.threshold();
                lowest = Math.min(lowest, own == null ? 0 : own);
            }
        }
        return lowest;
    }

    /** Of all its span categorizers that run. */
    public List<String> labels() {
        return components.stream()
                .filter(ComponentCard::runs)
                .map(ComponentCard::spanCategorizer)
                .filter(Objects::nonNull)
                .flatMap(settings -> settings.labels().stream())
                .distinct()
                .toList();
    }
}
