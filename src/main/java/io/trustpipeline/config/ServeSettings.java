package io.trustpipeline.config;

import java.time.Duration;
import java.util.Optional;

/**
 * The service that watches for trigger files.
 *
 * @param poll how long between two looks
 * @param lease how long a trigger stays with a service that has died
 * @param pagePort where the page with all runs is served on loopback, or 0 for any port; without it there is none
 * @param schedule when a trigger is left by itself: Quartz's cron
 * @param scheduledRequest the JSON of that trigger
 */
public record ServeSettings(
        Duration poll,
        Duration lease,
        Optional<Integer> pagePort,
        Optional<String> schedule,
        String scheduledRequest) {}
