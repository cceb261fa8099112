package io.trustpipeline.cloud;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.run.RowCounts;

/**
 * What {@code task trust score} reports, from the shard's receipt: the same however often the task comes.
 *
 * @param spans found by all themes
 */
public record ShardScored(
        @JsonProperty("run_id") String runId,
        @JsonProperty("shard") int shard,
        @JsonProperty("rows") RowCounts rows,
        @JsonProperty("spans") long spans) {}
