package io.trustpipeline.config;

import java.util.Optional;

/**
 * How runs go in AWS.
 *
 * @param stateMachineArn that {@code run trust --cloud} starts
 * @param oneTaskRows a run of at most so many rows is carried out by one task
 */
public record CloudSettings(Optional<String> stateMachineArn, int oneTaskRows) {}
