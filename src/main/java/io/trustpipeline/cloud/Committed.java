package io.trustpipeline.cloud;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.run.Manifest;
import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.Run;

import java.util.Map;

/** What {@code task trust commit} reports, from the run's manifest; also the output of a whole execution. */
public record Committed(
        @JsonProperty("run_id") String runId,
        @JsonProperty("state") String state,
        @JsonProperty("rows") RowCounts rows,
        @JsonProperty("spans") Map<String, Long> spans,
        @JsonProperty("scored_prefix") String scoredPrefix,
        @JsonProperty("manifest") String manifest) {

    static Committed of(Run run, Manifest manifest) {
        return new Committed(
                manifest.runId(),
                manifest.state().name(),
                manifest.rows(),
                manifest.spans(),
                manifest.scoredPrefix(),
                run.layout().uri(run.layout().manifestKey()));
    }
}
