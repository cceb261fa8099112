package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How the customers' values of a feature moved against those of the trailing days.
 *
 * @param count customers that have a value
 * @param mean of those; null without any
 * @param nullShare customers without a value, from 0 to 1
 * @param daysBefore how many of the trailing 28 days there are; without any, what follows is null
 * @param populationStabilityIndex over tenths of the trailing values; up to 0.1 is called stable, above 0.25 shifted
 */
public record Drift(
        @JsonProperty("feature") String feature,
        @JsonProperty("count") long count,
        @JsonProperty("mean") @Nullable Double mean,
        @JsonProperty("null_share") double nullShare,
        @JsonProperty("days_before") int daysBefore,
        @JsonProperty("mean_before") @Nullable Double meanBefore,
        @JsonProperty("null_share_before") @Nullable Double nullShareBefore,

        @JsonProperty("population_stability_index") @Nullable
        Double populationStabilityIndex) {}
