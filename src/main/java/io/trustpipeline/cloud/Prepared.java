package io.trustpipeline.cloud;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What {@code task trust prepare} reports: all that the rest of an execution needs.
 *
 * @param runDate ISO
 * @param email whom to tell, or null
 * @param shards how many are not done, each an item to map over
 * @param rows exported
 * @param single whether this task did everything, so that nothing is left to map or to commit
 * @param itemsKey of the JSON array with these items
 * @param result of the whole run, when this task did everything
 */
public record Prepared(
        @JsonProperty("run_id") String runId,
        @JsonProperty("run_date") String runDate,
        @JsonProperty("up_id") long upId,
        @JsonProperty("email") @Nullable String email,
        @JsonProperty("bucket") String bucket,
        @JsonProperty("shards") int shards,
        @JsonProperty("rows") long rows,
        @JsonProperty("single") boolean single,
        @JsonProperty("items_key") String itemsKey,

        @JsonProperty("result") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
        Committed result) {

    Prepared with(Committed whole) {
        return new Prepared(runId, runDate, upId, email, bucket, shards, rows, single, itemsKey, whole);
    }
}
