package io.trustpipeline.score;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/** Reads models.json: {@code {theme: {bucket, key}}} or {@code {theme: {path}}}; and files for one model. */
final class ModelsFile {
    private static final String RESPECT = "respect_model_threshold";
    private static final List<String> LOCATION = List.of("path", "bucket", "key");
    private static final List<String> FIELDS = List.of("path", "bucket", "key", RESPECT);

    /** What the file says of one theme; no location when it cannot be used. */
    record Entry(@Nullable ModelLocation location, boolean respectModelThreshold) {}

    private final Path file;
    private final Consumer<String> problems;

    private ModelsFile(Path file, Consumer<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** By theme, in the file's order; null when the file is no JSON object. */
    static @Nullable Map<String, Entry> read(Path file, Consumer<String> problems) {
        ObjectNode root = JsonFile.read(file, problems);
        return root == null ? null : new ModelsFile(file, problems).entries(root);
    }

    /** Where the model of a file for one model is: {@code {bucket, key}} or {@code {path}}; null when it cannot be used. */
    static @Nullable ModelLocation readOne(Path file, Consumer<String> problems) {
        ObjectNode root = JsonFile.read(file, problems);
        if (root == null) {
            return null;
        }
        ModelsFile one = new ModelsFile(file, problems);
        one.reportUnknown("", root, LOCATION);
        return one.location("", root);
    }

    private Map<String, Entry> entries(ObjectNode root) {
        boolean respect = respect("", root, true);
        Map<String, Entry> entries = new LinkedHashMap<>();
        root.properties().stream()
                .filter(theme -> !theme.getKey().equals(RESPECT))
                .forEach(theme -> entries.put(theme.getKey(), entry(theme.getKey(), theme.getValue(), respect)));
        if (entries.isEmpty()) {
            problems.accept(file + ": names no theme; expected {\"theme\": {\"path\": \"model.tar.gz\"}}");
        }
        return entries;
    }

    private Entry entry(String theme, JsonNode value, boolean respectByDefault) {
        String place = "theme " + JsonFile.quoted(theme) + ": ";
        if (!(value instanceof ObjectNode fields)) {
            return unusable(place + JsonFile.shown(value) + "; must be {\"path\": …} or {\"bucket\": …, \"key\": …}");
        }
        reportUnknown(place, fields, FIELDS);
        boolean respect = respect(place, fields, respectByDefault);
        return new Entry(location(place, fields), respect);
    }

    private void reportUnknown(String place, ObjectNode fields, List<String> known) {
        List<String> unknown = StreamSupport.stream(((Iterable<String>) fields::fieldNames).spliterator(), false)
                .filter(field -> !known.contains(field))
                .map(JsonFile::quoted)
                .toList();
        if (!unknown.isEmpty()) {
            problem(place + "unknown field " + String.join(", ", unknown) + "; known are " + String.join(", ", known));
        }
    }

    private boolean respect(String place, ObjectNode fields, boolean otherwise) {
        JsonNode value = fields.get(RESPECT);
        if (value != null && !value.isBoolean()) {
            problem(place + RESPECT + " is " + JsonFile.shown(value) + "; must be true or false");
        }
        return value == null ? otherwise : value.asBoolean(otherwise);
    }

    private @Nullable ModelLocation location(String place, ObjectNode fields) {
        boolean stored = fields.has("bucket") || fields.has("key");
        if (stored == fields.has("path")) {
            problem(place + "must have either a path, or a bucket and a key");
            return null;
        }
        if (!stored) {
            String path = text(place, fields, "path");
            return path == null ? null : local(place, path);
        }
        String bucket = text(place, fields, "bucket");
        String key = text(place, fields, "key");
        return bucket == null || key == null ? null : new ModelLocation.Stored(bucket, key);
    }

    private @Nullable String text(String place, ObjectNode fields, String name) {
        JsonNode value = fields.get(name);
        if (value != null && value.isTextual() && !value.textValue().isBlank()) {
            return value.textValue();
        }
        problem(place + name + (value == null ? " is missing" : " is " + JsonFile.shown(value) + "; must be a text"));
        return null;
    }

    private @Nullable ModelLocation local(String place, String name) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            Path path = Path.of(name);
            boolean leaves = path.isAbsolute() || path.normalize().startsWith("..");
            if (leaves || folder == null) {
                problem(place + "path " + JsonFile.quoted(name)
                        + " leaves the models folder; must be relative to it, inside it");
                return null;
            }
            Path model = folder.resolve(path).normalize();
            if (Files.isDirectory(model) || Files.isRegularFile(model)) {
                return new ModelLocation.Local(model);
            }
            problem(place + "path " + JsonFile.quoted(name) + ": no such file or folder");
        } catch (InvalidPathException e) {
            problem(place + "path " + JsonFile.quoted(name) + " is not a file name here");
        }
        return null;
    }

    private Entry unusable(String problem) {
        problem(problem);
        return new Entry(null, true);
    }

    private void problem(String what) {
        problems.accept(file + ": " + what);
    }
}
