package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;
import java.util.List;

/**
 * Who has a day of a dataset.
 *
 * @param generation how often the day was taken up; orders what stands in the table
 * @param before runs whose items may still stand in the table
 * @param published whether the object that analysts read is this run's
 * @param upserted whether the table was seen to hold exactly this run's items
 */
public record LedgerEntry(
        @JsonProperty("generation") long generation,
        @JsonProperty("run_id") String runId,
        @JsonProperty("claimed_at") Instant claimedAt,
        @JsonProperty("before") List<String> before,
        @JsonProperty("customers") long customers,
        @JsonProperty("published") boolean published,
        @JsonProperty("upserted") boolean upserted) {

    LedgerEntry afterPublishing() {
        return new LedgerEntry(generation, runId, claimedAt, before, customers, true, upserted);
    }

    LedgerEntry afterUpsert() {
        return new LedgerEntry(generation, runId, claimedAt, List.of(), customers, published, true);
    }
}
