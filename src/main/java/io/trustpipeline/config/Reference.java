package io.trustpipeline.config;

import java.util.Optional;

/**
 * A value that names the place of the real one.
 *
 * @param field of a secret that is a JSON object
 */
record Reference(Place place, String name, Optional<String> field) {

    enum Place {
        /** {@code ssm:/name}: a parameter of Systems Manager, decrypted. */
        SSM,
        /** {@code secretsmanager:name} or {@code secretsmanager:name#field}; the name may be an ARN. */
        SECRETSMANAGER,
        /** {@code env:NAME}: an environment variable. */
        ENV
    }

    /** Reads a reference; empty when the value is meant as it stands. */
    static Optional<Reference> parse(String value) {
        int colon = value.indexOf(':');
        String name = value.substring(colon + 1);
        return switch (value.substring(0, Math.max(colon, 0))) {
            case "ssm" -> Optional.of(new Reference(Place.SSM, name, Optional.empty()));
            case "env" -> Optional.of(new Reference(Place.ENV, name, Optional.empty()));
            case "secretsmanager" -> Optional.of(storedSecret(name));
            default -> Optional.empty();
        };
    }

    private static Reference storedSecret(String name) {
        int hash = name.lastIndexOf('#');
        return hash < 0
                ? new Reference(Place.SECRETSMANAGER, name, Optional.empty())
                : new Reference(Place.SECRETSMANAGER, name.substring(0, hash), Optional.of(name.substring(hash + 1)));
    }
}
