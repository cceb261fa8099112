package io.trustpipeline.spacy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.trustpipeline.spacy.ModelException;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out one value of a {@code config.cfg}, following its references for as long as they are not too many. */
final class Interpolation {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]*)}");
    private static final int MAX_REFERENCES = 100;

    private final Map<String, Map<String, Config.Line>> sections;
    private final String where;
    private int followed;

    /**
     * @param where file, line, section and key of the value, for errors
     */
    Interpolation(Map<String, Map<String, Config.Line>> sections, String where) {
        this.sections = sections;
        this.where = where;
    }

    /** The value of what is written; nothing written is null. */
    JsonNode value(String raw) {
        Matcher reference = REFERENCE.matcher(raw);
        if (reference.matches()) {
            return referenced(reference.group(1));
        }
        String text = raw.contains("${")
                ? reference.replaceAll(
                        found -> Matcher.quoteReplacement(inserted(raw, found.start(), referenced(found.group(1)))))
                : raw;
        return text.isBlank() ? NullNode.instance : Json.parseOrText(text);
    }

    /** The value of {@code section.key} or {@code section:key}. */
    private JsonNode referenced(String path) {
        int colon = path.indexOf(':');
        int split = colon >= 0 ? colon : path.lastIndexOf('.');
        Config.Line target = split < 0
                ? null
                : sections.getOrDefault(path.substring(0, split), Map.of()).get(path.substring(split + 1));
        if (target == null) {
            throw ModelException.corrupt(where, "${" + path + "} refers to nothing");
        }
        if (++followed > MAX_REFERENCES) {
            throw ModelException.corrupt(where, "${" + path + "} refers to itself, or to too much");
        }
        return value(target.raw());
    }

    /** A text loses its quotes where it is inserted between quotes. */
    private static String inserted(String raw, int position, JsonNode value) {
        long quotesBefore =
                raw.substring(0, position).chars().filter(c -> c == '"').count();
        return value.isTextual() && quotesBefore % 2 == 1 ? value.textValue() : value.toString();
    }
}
