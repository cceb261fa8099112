package io.trustpipeline.config;

import java.nio.file.Path;
import java.time.ZoneId;

/**
 * Runs in general.
 *
 * @param zone decides which date is today
 * @param home the folder of all local state; absolute
 * @param environment such as dev or prod; a dimension of every metric
 */
public record RunSettings(ZoneId zone, Path home, String environment) {}
