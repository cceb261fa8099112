package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * How a run ended.
 *
 * @param key what analysts read
 * @param generation under which its items stand in the table; 0 when superseded
 * @param told whether people were told so by an earlier attempt
 */
public record FeatureReport(
        @JsonProperty("run_id") String runId,
        @JsonProperty("run_date") LocalDate date,
        @JsonProperty("dataset") Dataset dataset,
        @JsonProperty("mode") Scope.Mode mode,
        @JsonProperty("input") String input,
        @JsonProperty("email") @Nullable String email,
        @JsonProperty("result") Result result,
        @JsonProperty("at") Instant at,
        @JsonProperty("key") String key,
        @JsonProperty("sha256") String sha256,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("generation") long generation,
        @JsonProperty("computed") Computed computed,
        @JsonProperty("drift") List<Drift> drift,
        @JsonIgnore boolean told) {
    /** EMPTY: nothing was there to compute. SUPERSEDED: a run that was claimed later has the day. */
    public enum Result {
        DONE,
        EMPTY,
        SUPERSEDED
    }

    FeatureReport withTold(boolean known) {
        return new FeatureReport(
                runId,
                date,
                dataset,
                mode,
                input,
                email,
                result,
                at,
                key,
                sha256,
                bytes,
                generation,
                computed,
                drift,
                known);
    }
}
