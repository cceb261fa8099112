package io.trustpipeline.config;

import java.net.URI;
import java.util.Optional;

/**
 * Features of customers.
 *
 * @param input the trips of runs that name none
 * @param table the DynamoDB table; without one a file in the home folder stands in
 * @param endpoint another DynamoDB than AWS's
 */
public record FeatureSettings(Optional<String> input, Optional<String> table, Optional<URI> endpoint) {}
