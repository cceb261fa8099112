package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param told whether people were told so by an earlier attempt
 * @param snapshot rows of each statement of the snapshot
 * @param endedAt when it came to this end, also if that was in an earlier attempt
 * @param resolved rows resolved because they were not found again, by all attempts
 */
public record ChunkedReport(
        @JsonProperty("result") Result result,
        @JsonIgnore RunContext run,
        @JsonIgnore boolean told,
        @JsonIgnore Instant endedAt,
        @JsonProperty("status") ChunkedStatus status,
        @JsonProperty("snapshot") Map<String, Long> snapshot,
        @JsonProperty("resolved") long resolved,
        @JsonProperty("failures") List<String> failures,
        @JsonProperty("checks") List<Check> checks) {
    /** OK: every chunk is done and every check passed. FAILED: no chunk is done. PARTIAL: anything between. */
    public enum Result {
        OK,
        PARTIAL,
        FAILED
    }
}
