package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a run computed, as it stands in the store. */
public record MadeFeatures(
        @JsonProperty("key") String key,
        @JsonProperty("sha256") String sha256,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("computed") Computed computed) {}
