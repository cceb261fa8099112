package io.trustpipeline.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A CloudFormation template.
 *
 * @param name in messages
 * @param parameters the names of all its parameters, in order
 * @param required those that have no default
 * @param outputs the names of what its stack gives to others
 */
record Template(String name, String body, Set<String> parameters, Set<String> required, Set<String> outputs) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static Template parse(String name, String body) {
        try {
            JsonNode tree = YAML.readTree(body);
            Set<String> parameters = new LinkedHashSet<>();
            Set<String> required = new LinkedHashSet<>();
            tree.path("Parameters").properties().forEach(parameter -> {
                parameters.add(parameter.getKey());
                if (!parameter.getValue().has("Default")) {
                    required.add(parameter.getKey());
                }
            });
            Set<String> outputs = new LinkedHashSet<>();
            tree.path("Outputs").fieldNames().forEachRemaining(outputs::add);
            return new Template(
                    name,
                    body,
                    Collections.unmodifiableSet(parameters),
                    Collections.unmodifiableSet(required),
                    Collections.unmodifiableSet(outputs));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("the template " + name + " is no YAML: " + broken.getOriginalMessage());
        }
    }

    /** The parameters that must be given and are not among these. */
    List<String> missing(Set<String> given) {
        List<String> missing = new ArrayList<>(required);
        missing.removeAll(given);
        return missing;
    }
}
