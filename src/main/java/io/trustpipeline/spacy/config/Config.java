package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A {@code config.cfg}: sections with dotted names, a JSON value a key (text that is not JSON stands for itself),
 * references {@code ${section.key}} or {@code ${section:key}} to other values. Like spaCy, it does not look at a value
 * before it is asked for, so that references into sections of another machine do no harm. Immutable.
 */
public final class Config {
    private final String source;
    private final Map<String, Map<String, Line>> sections;

    /** A value as it is written, and the number of its line. */
    record Line(int number, String raw) {}

    private Config(String source, Map<String, Map<String, Line>> sections) {
        this.source = source;
        this.sections = sections;
    }

    /**
     * Reads a file.
     *
     * @throws ModelException when it is missing, or a line is neither section, key, comment nor blank
     */
    public static Config read(Path file) {
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return new Config(file.toString(), ConfigLines.parse(lines, file.toString()));
        } catch (IOException unreadable) {
            throw ModelException.corrupt(file.toString(), "cannot be read", unreadable);
        }
    }

    /** The names of all sections, in the file's order. */
    public Set<String> sections() {
        return sections.keySet();
    }

    public boolean has(String section) {
        return sections.containsKey(section);
    }

    /** The section of a dotted name; an empty one when the file has none of that name. */
    public Section section(String name) {
        Map<String, Section.Entry> entries = new LinkedHashMap<>();
        sections.getOrDefault(name, Map.of()).forEach((key, line) -> {
            String where = source + ":" + line.number() + " [" + name + "] " + key;
            entries.put(key, new Section.Entry(where, () -> new Interpolation(sections, where).value(line.raw())));
        });
        return new Section(source + " [" + name + "]", entries);
    }
}
