package io.trustpipeline.spacy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

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

    /** The least score of a span by its label; empty when two span categorizers have different ones for the same label. */
    public Optional<Map<String, Float>> thresholds() {
        Map<String, Float> thresholds = new TreeMap<>();
        for (ComponentCard component : components) {
            SpanCategorizerSettings settings = component.runs() ? component.spanCategorizer() : null;
            if (settings != null) {
                float own = Math.max(0, settings.leastScore());
                for (String label : settings.labels()) {
                    Float other = thresholds.put(label, own);
                    if (other != null && other != own) {
                        return Optional.empty();
                    }
                }
            }
        }
        return Optional.of(thresholds);
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
