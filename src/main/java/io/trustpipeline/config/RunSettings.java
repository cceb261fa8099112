package io.trustpipeline.config;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Runs in general.
 *
 * @param zone decides which date is today
 * @param home the folder of all local state; absolute
 * @param routes a file with the trust pipeline's routes in place of those that come with the program; absolute
 * @param environment such as dev or prod; a dimension of every metric
 */
public record RunSettings(ZoneId zone, Path home, Optional<Path> routes, String environment) {}
