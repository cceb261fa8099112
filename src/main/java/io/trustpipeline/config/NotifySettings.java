package io.trustpipeline.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where notifications go.
 *
 * @param topicArn an SNS topic; without one they go to the folder alone
 * @param folder absolute
 */
public record NotifySettings(Optional<String> topicArn, Path folder) {}
