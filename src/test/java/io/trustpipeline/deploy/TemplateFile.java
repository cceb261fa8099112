package io.trustpipeline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A template as data. Of {@code !Sub x} and its kin the {@code x} is left. */
record TemplateFile(String name, JsonNode tree) {
    static final Path FOLDER = Path.of(System.getProperty("project.dir", ".")).resolve("cloudformation");
    private static final YAMLMapper YAML = new YAMLMapper();

    static List<TemplateFile> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(TemplateFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TemplateFile of(String name) {
        return read(FOLDER.resolve(name));
    }

    private static TemplateFile read(Path file) {
        try {
            return new TemplateFile(file.getFileName().toString(), YAML.readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The resources of a type by name; all of them for an empty type. */
    Map<String, JsonNode> resources(String type) {
        Map<String, JsonNode> found = new LinkedHashMap<>();
        tree.path("Resources").properties().forEach(resource -> {
            if (type.isEmpty() || resource.getValue().path("Type").asText().equals(type)) {
                found.put(resource.getKey(), resource.getValue());
            }
        });
        return found;
    }

    /** Every object below that has this field. */
    static List<JsonNode> having(JsonNode below, String field) {
        List<JsonNode> found = new ArrayList<>();
        if (below.isObject() && below.has(field)) {
            found.add(below);
        }
        below.forEach(child -> found.addAll(having(child, field)));
        return found;
    }

    /** Every text below. */
    static List<String> texts(JsonNode below) {
        List<String> found = new ArrayList<>();
        if (below.isTextual()) {
            found.add(below.textValue());
        }
        below.forEach(child -> found.addAll(texts(child)));
        return found;
    }
}
