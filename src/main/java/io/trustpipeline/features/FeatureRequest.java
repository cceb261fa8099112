package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * What somebody asked for. A run id belongs to one request for ever.
 *
 * @param input Parquet files: a path of this computer as {@link InputFiles} reads it, or {@code s3://bucket/prefix}
 * @param definitions digest of the definitions that hold
 * @param email whom to tell, or null
 */
public record FeatureRequest(
        @JsonProperty("run_id") String runId,
        @JsonProperty("run_date") LocalDate date,
        @JsonProperty("dataset") Dataset dataset,
        @JsonProperty("mode") Scope.Mode mode,
        @JsonProperty("input") String input,
        @JsonProperty("definitions") String definitions,
        @JsonProperty("email") @Nullable String email) {

    Scope scope() {
        return new Scope(date, mode, dataset.limit());
    }

    FeatureKey key(String customerId) {
        return new FeatureKey(customerId, date, dataset);
    }
}
