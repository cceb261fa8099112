package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * How far a run has come, as its ledger knows.
 *
 * @param result OK, PARTIAL or FAILED once it has ended, before that STARTED
 * @param locked chunks that a worker holds
 * @param stuck chunks whose worker let its lease run out
 * @param secondsLeft an estimate, or -1 when there is nothing to estimate from
 */
@JsonPropertyOrder({"run_id", "result"})
public record ChunkedStatus(
        @JsonProperty("run_id") String runId,
        @JsonProperty("result") String result,
        @JsonProperty("pending") int pending,
        @JsonProperty("locked") int locked,
        @JsonProperty("stuck") int stuck,
        @JsonProperty("done") int done,
        @JsonProperty("failed") int failed,
        @JsonProperty("rows_planned") long rowsPlanned,
        @JsonProperty("rows_done") long rowsDone,
        @JsonProperty("rows_without_key") long rowsWithoutKey,
        @JsonProperty("marked") long marked,
        @JsonProperty("updated") long updated,
        @JsonProperty("unseen") long unseen,
        @JsonProperty("rows_per_second") double rowsPerSecond,
        @JsonProperty("seconds_left") long secondsLeft) {

    /** Whether no chunk is left to do. */
    public boolean complete() {
        return done == chunks();
    }

    /** All chunks, whatever became of them. */
    int chunks() {
        return pending + locked + stuck + done + failed;
    }
}
