package io.trustpipeline.config;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Where settings are read from; later ones win over earlier ones: built-in defaults, a properties file, environment
 * variables, the command line.
 *
 * @param workingFolder relative paths start here; {@code trust-pipeline.properties} is read from it if it is there
 * @param file the properties file to read instead, which must be there; or null
 * @param environment variables; {@code TRUST_RUN_ZONE} sets {@code trust.run.zone}
 * @param overrides settings by name, from the command line
 */
public record Sources(
        Path workingFolder, @Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
    static final String FILE = "trust-pipeline.properties";

    /** The layers as one map, the highest value for each name; whatever is wrong goes to the problems. */
    Map<String, Given> read(List<Problem> problems) {
        Map<String, Given> given = new HashMap<>();
        readFile(given, problems);
        readEnvironment(given, problems);
        readOverrides(given, problems);
        return given;
    }

    private void readFile(Map<String, Given> given, List<Problem> problems) {
        Path path = workingFolder.resolve(file == null ? Path.of(FILE) : file);
        if (file == null && !Files.exists(path)) {
            return;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            problems.add(new Problem("--config", path.toString(), "properties file", "cannot be read: " + unreadable));
        }
        for (String name : properties.stringPropertyNames()) {
            add(given, problems, name, properties.getProperty(name).strip(), path.toString(), Given.Layer.FILE);
        }
    }

    private void readEnvironment(Map<String, Given> given, List<Problem> problems) {
        List<String> variables = new ArrayList<>();
        for (Key<?> key : Keys.ALL) {
            variables.add(key.variable());
            String value = environment.getOrDefault(key.variable(), "").strip();
            if (!value.isEmpty()) {
                String origin = key.variable() + " in the environment";
                given.put(key.name(), new Given(value, origin, Given.Layer.ENVIRONMENT));
            }
        }
        // Others may have variables that start like ours; only a likely slip is worth stopping for.
        environment.keySet().stream()
                .filter(name -> name.startsWith("TRUST_") && !variables.contains(name))
                .sorted()
                .forEach(name -> Keys.nearest(name, variables, 2)
                        .ifPresent(meant -> problems.add(
                                new Problem(name, Key.MASK, "environment", "no such setting; " + meant + "?"))));
    }

    private void readOverrides(Map<String, Given> given, List<Problem> problems) {
        overrides.forEach(
                (name, value) -> add(given, problems, name, value.strip(), "command line", Given.Layer.OVERRIDE));
    }

    private static void add(
            Map<String, Given> given,
            List<Problem> problems,
            String name,
            String value,
            String origin,
            Given.Layer layer) {
        Optional<Key<?>> key =
                Keys.ALL.stream().filter(known -> known.name().equals(name)).findFirst();
        if (key.isEmpty()) {
            List<String> known = Keys.ALL.stream().map(Key::name).toList();
            String meant = Keys.nearest(name, known, 8)
                    .map(nearest -> "; " + nearest + "?")
                    .orElse("");
            // Masked: a mistyped name may hide a password.
            problems.add(new Problem(name, Key.MASK, origin, "no such setting" + meant));
        } else if (value.isEmpty()) {
            problems.add(new Problem(name, "", origin, "is empty; leave it out to get the default"));
        } else if (key.get().secret() && Reference.parse(value).isEmpty()) {
            problems.add(new Problem(
                    name,
                    Key.MASK,
                    origin,
                    "a secret must not be written here; use env:NAME, ssm:/name or secretsmanager:name#field, or set "
                            + key.get().variable()));
        } else {
            given.put(name, new Given(value, origin, layer));
        }
    }
}
