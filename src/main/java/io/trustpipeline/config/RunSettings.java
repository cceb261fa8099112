package io.trustpipeline.config;

import java.nio.file.Path;
import java.time.ZoneId;

/**
 * Runs in general.
 *
 * @param zone decides which date is today
 * @param home the folder of all local state; absolute
 */
public record RunSettings(ZoneId zone, Path home) {}
