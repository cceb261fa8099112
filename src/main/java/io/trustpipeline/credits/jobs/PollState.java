package io.trustpipeline.credits.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.SortedSet;

/**
 * How far the channel was read.
 *
 * @param lastCheck when it was read to its end
 * @param since what was written earlier is none of our business: people answered it before the first look
 * @param open messages that a poll still has to do something with
 */
public record PollState(
        @JsonProperty("last_check_timestamp") Instant lastCheck,
        @JsonProperty("since") Instant since,
        @JsonProperty("open") SortedSet<String> open) {}
