package io.trustpipeline.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The database whose tables are updated in place.
 *
 * @param url {@code jdbc:postgresql:…}; empty when no pipeline needs one
 * @param statementTimeout after which a statement is given up, by the server and by us
 */
public record DatabaseSettings(
        Optional<String> url, Optional<String> user, Optional<Secret> password, Duration statementTimeout) {}
