package io.trustpipeline.config;

import io.trustpipeline.config.Given.Layer;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Turns what was given into typed values, and remembers every problem on the way. */
final class SettingsReader {
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, Given> given;
    private final SecretReferences references;

    SettingsReader(Sources sources, SecretReferences references) {
        this.given = sources.read(problems);
        this.references = references;
        optional(Keys.PARAMETERS)
                .ifPresent(path -> Keys.PARAMETER_NAMES.forEach((key, name) -> given.putIfAbsent(
                        key.name(), new Given("ssm:" + path + name, Keys.PARAMETERS.name(), Layer.DEFAULT))));
    }

    /** The value, or empty when nothing was given, or nothing usable (which is a problem then). */
    <T> Optional<T> optional(Key<T> key) {
        @Nullable Given value = given.get(key.name());
        return value == null ? Optional.empty() : parse(key, value);
    }

    /** The value, or the default; also the default when what was given is a problem. */
    <T> T get(Key<T> key) {
        return optional(key).orElseGet(() -> key.parser().parse(Objects.requireNonNull(key.fallback())));
    }

    Optional<Secret> secret(Key<Secret> key) {
        return Optional.ofNullable(given.get(key.name())).map(value -> new Secret(key, value, references));
    }

    /** Adds a problem of several settings together. */
    void problem(Key<?> key, String wanted) {
        @Nullable Given value = given.get(key.name());
        problems.add(
                value == null
                        ? new Problem(key.name(), "", "nowhere", wanted)
                        : new Problem(key.name(), value.value(), value.origin(), wanted));
    }

    private <T> Optional<T> parse(Key<T> key, Given value) {
        try {
            Optional<Reference> reference = Reference.parse(value.value());
            String text = reference.isPresent() ? references.resolve(reference.get()) : value.value();
            return Optional.of(key.parser().parse(text.strip()));
        } catch (UnresolvedReference | IllegalArgumentException wrong) {
            String shown = Parsers.hasPassword(value.value()) ? Key.MASK : value.value();
            problems.add(new Problem(key.name(), shown, value.origin(), String.valueOf(wrong.getMessage())));
            return Optional.empty();
        }
    }

    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }
}
