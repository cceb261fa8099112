package io.trustpipeline.config;

import java.util.List;
import java.util.Optional;

/** A password. Never printed; looked up when it is used, if it is a reference. */
public final class Secret {
    private final Key<Secret> key;
    private final Given given;
    private final SecretReferences references;

    Secret(Key<Secret> key, Given given, SecretReferences references) {
        this.key = key;
        this.given = given;
        this.references = references;
    }

    /**
     * The secret itself: hand it on, do not keep it.
     *
     * @throws ConfigurationException when there is nothing where the reference points
     */
    public String reveal() {
        Optional<Reference> reference = Reference.parse(given.value());
        if (reference.isEmpty()) {
            return given.value();
        }
        try {
            return references.resolve(reference.get());
        } catch (UnresolvedReference unresolved) {
            throw new ConfigurationException(List.of(
                    new Problem(key.name(), given.value(), given.origin(), String.valueOf(unresolved.getMessage()))));
        }
    }

    @Override
    public String toString() {
        return Key.MASK;
    }
}
