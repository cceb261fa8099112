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
 */
record Template(String name, String body, Set<String> parameters, Set<String> required) {
    private static final YAMLMapper YAML = new YAMLMapper();

    static Template parse(String name, String body) {
        try {
            JsonNode declared = YAML.readTree(body).path("Parameters");
            Set<String> parameters = new LinkedHashSet<>();
            Set<String> required = new LinkedHashSet<>();
            declared.properties().forEach(parameter -> {
                parameters.add(parameter.getKey());
                if (!parameter.getValue().has("Default")) {
                    required.add(parameter.getKey());
                }
            });
            return new Template(
                    name, body, Collections.unmodifiableSet(parameters), Collections.unmodifiableSet(required));
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
