package io.trustpipeline.spacy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.trustpipeline.spacy.ModelException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Named values with their types: a section of a {@code config.cfg}, or a component's JSON file {@code cfg}. The getters
 * throw a {@link ModelException} that says file, line, section and key when a value is missing or of another type.
 */
public final class Section {
    private final String where;
    private final Map<String, Entry> entries;

    record Entry(String where, Supplier<JsonNode> value) {}

    Section(String where, Map<String, Entry> entries) {
        this.where = where;
        this.entries = entries;
    }

    /**
     * Reads a JSON file that holds one object.
     *
     * @throws ModelException when it is missing or is not that
     */
    public static Section readJson(Path file) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        Json.readObject(file)
                .properties()
                .forEach(entry ->
                        entries.put(entry.getKey(), new Entry(file + " '" + entry.getKey() + "'", entry::getValue)));
        return new Section(file.toString(), entries);
    }

    /** This section with the other's values where both have the key. */
    public Section overriddenBy(Section other) {
        Map<String, Entry> merged = new LinkedHashMap<>(entries);
        merged.putAll(other.entries);
        return new Section(where, merged);
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    /** Whether the key has a value that is not null. */
    public boolean has(String key) {
        return !find(key).isNull();
    }

    public String text(String key) {
        return get(key, JsonNode::isTextual, JsonNode::textValue, "text");
    }

    public String text(String key, String whenAbsent) {
        return has(key) ? text(key) : whenAbsent;
    }

    public int integer(String key) {
        return get(key, JsonNode::canConvertToExactIntegral, JsonNode::intValue, "an integer");
    }

    public int integer(String key, int whenAbsent) {
        return has(key) ? integer(key) : whenAbsent;
    }

    public double number(String key) {
        return get(key, JsonNode::isNumber, JsonNode::doubleValue, "a number");
    }

    public double number(String key, double whenAbsent) {
        return has(key) ? number(key) : whenAbsent;
    }

    public boolean flag(String key) {
        return get(key, JsonNode::isBoolean, JsonNode::booleanValue, "true or false");
    }

    public boolean flag(String key, boolean whenAbsent) {
        return has(key) ? flag(key) : whenAbsent;
    }

    /** A list of texts; a number among them is its digits. */
    public List<String> texts(String key) {
        return list(key, JsonNode::isValueNode, JsonNode::asText, "a list of texts");
    }

    public List<Integer> integers(String key) {
        return list(key, JsonNode::canConvertToExactIntegral, JsonNode::intValue, "a list of integers");
    }

    /** The section that is written as one JSON object. */
    public Section object(String key) {
        JsonNode object = get(key, JsonNode::isObject, Function.identity(), "an object");
        Map<String, Entry> inside = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> inside.put(
                        entry.getKey(), new Entry(where + " " + key + " '" + entry.getKey() + "'", entry::getValue)));
        return new Section(where + " " + key, inside);
    }

    private <T> List<T> list(String key, Predicate<JsonNode> type, Function<JsonNode, T> value, String wanted) {
        Predicate<JsonNode> allOfType = list -> {
            boolean all = list.isArray();
            for (JsonNode item : list) {
                all &= type.test(item);
            }
            return all;
        };
        return get(
                key,
                allOfType,
                list -> {
                    List<T> items = new ArrayList<>();
                    list.forEach(item -> items.add(value.apply(item)));
                    return items;
                },
                wanted);
    }

    private <T> T get(String key, Predicate<JsonNode> type, Function<JsonNode, T> value, String wanted) {
        JsonNode found = find(key);
        if (!type.test(found)) {
            Entry entry = entries.get(key);
            throw ModelException.corrupt(
                    entry == null ? where + " " + key : entry.where(),
                    (entry == null ? "is missing" : "is " + found) + ", should be " + wanted);
        }
        return value.apply(found);
    }

    private JsonNode find(String key) {
        Entry entry = entries.get(key);
        return entry == null ? NullNode.instance : entry.value().get();
    }
}
