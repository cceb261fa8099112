package io.trustpipeline.config;

import java.util.Optional;

/**
 * The database whose tables are updated in place.
 *
 * @param url {@code jdbc:postgresql:…}; empty when no pipeline needs one
 */
public record DatabaseSettings(Optional<String> url, Optional<String> user, Optional<Secret> password) {}
