package io.trustpipeline.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads thresholds.json: {@code {theme: t}} or {@code {theme: {label: t, "*": t}}}. */
final class ThresholdsFile {
    private static final String OTHERS = "*";

    private final Path file;
    private final Consumer<String> problems;

    private ThresholdsFile(Path file, Consumer<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** By theme, in the file's order; empty without a file. */
    static Map<String, Thresholds> read(Path file, Consumer<String> problems) {
        ObjectNode root = Files.exists(file) ? JsonFile.read(file, problems) : null;
        Map<String, Thresholds> themes = new LinkedHashMap<>();
        if (root != null) {
            ThresholdsFile reader = new ThresholdsFile(file, problems);
            root.properties().forEach(theme -> themes.put(theme.getKey(), reader.of(theme.getKey(), theme.getValue())));
        }
        return Collections.unmodifiableMap(themes);
    }

    private Thresholds of(String theme, JsonNode value) {
        String place = "theme " + JsonFile.quoted(theme);
        if (!(value instanceof ObjectNode labels)) {
            return new Thresholds(threshold(place, value), Map.of());
        }
        Map<String, Float> byLabel = new TreeMap<>();
        labels.properties()
                .forEach(label -> byLabel.put(
                        label.getKey(),
                        threshold(place + ", label " + JsonFile.quoted(label.getKey()), label.getValue())));
        Float others = byLabel.remove(OTHERS);
        return new Thresholds(others == null ? Thresholds.DEFAULT.others() : others, byLabel);
    }

    private float threshold(String place, JsonNode value) {
        double number = value.isNumber() ? value.doubleValue() : Double.NaN;
        if (number >= 0 && number <= 1) {
            return (float) number;
        }
        problems.accept(
                "%s: %s: threshold %s; must be a number from 0 to 1".formatted(file, place, JsonFile.shown(value)));
        return Thresholds.DEFAULT.others();
    }
}
