package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * A stage of a run in its manifest: what was expected of it and what it took.
 *
 * @param estimate null when nobody asked for one
 * @param actual of the attempt that committed; null for a stage that it found done
 */
public record StageRecord(
        @JsonProperty("stage") String stage,
        @JsonProperty("estimate") @Nullable StageFigures estimate,
        @JsonProperty("actual") @Nullable StageFigures actual) {}
