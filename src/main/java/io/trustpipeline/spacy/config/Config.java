package io.trustpipeline.spacy.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.trustpipeline.spacy.ModelException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code config.cfg}: sections with dotted names, a JSON value a key (text that is not JSON stands for itself),
 * references {@code ${section.key}} or {@code ${section:key}} to other values. Like spaCy, it does not look at a value
 * before it is asked for, so that references into sections of another machine do no harm. Immutable.
 */
public final class Config {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final int MAX_REFERENCES = 50;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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
        sections.getOrDefault(name, Map.of())
                .forEach((key, line) -> entries.put(
                        key,
                        new Section.Entry(where(name, key, line), () -> value(line.raw(), where(name, key, line), 0))));
        return new Section(source + " [" + name + "]", entries);
    }

    private String where(String section, String key, Line line) {
        return source + ":" + line.number() + " [" + section + "] " + key;
    }

    private JsonNode value(String raw, String where, int depth) {
        Matcher reference = REFERENCE.matcher(raw);
        if (reference.matches()) {
            return referenced(reference.group(1), where, depth);
        }
        String text = raw;
        if (reference.find()) {
            text = reference.replaceAll(found ->
                    Matcher.quoteReplacement(written(raw, found.start(), referenced(found.group(1), where, depth))));
        }
        return text.isBlank() ? NullNode.instance : json(text);
    }

    private JsonNode referenced(String path, String where, int depth) {
        int colon = path.indexOf(':');
        int split = colon >= 0 ? colon : path.lastIndexOf('.');
        Line target = split < 0
                ? null
                : sections.getOrDefault(path.substring(0, split), Map.of()).get(path.substring(split + 1));
        if (target == null || depth == MAX_REFERENCES) {
            String problem = target == null ? "refers to nothing" : "refers to itself";
            throw ModelException.corrupt(where, "${" + path + "} " + problem);
        }
        return value(target.raw(), where, depth + 1);
    }

    /** A referenced text loses its quotes inside of a quoted text. */
    private static String written(String raw, int position, JsonNode value) {
        long quotesBefore =
                raw.substring(0, position).chars().filter(c -> c == '"').count();
        return value.isTextual() && quotesBefore % 2 == 1 ? value.textValue() : value.toString();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException plainText) {
            return TextNode.valueOf(text);
        }
    }

    /** Parses a JSON file; used for the components' {@code cfg}. */
    static @Nullable JsonNode readJson(Path file) throws IOException {
        return JSON.readTree(Files.readAllBytes(file));
    }
}
