package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Objects;

/**
 * What somebody asked for, complete and valid.
 *
 * @param runDate names the raw partition and fills {@code :run_date}
 * @param runId names everything the run writes; part of object keys
 * @param upId the client organisation whose comments are scored
 * @param email whom to tell, or null
 * @param redriveOf the run whose rejected rows this one is to score; null for another run
 * @param recutOf the run whose rows this one is to take up with today's thresholds; null for another run
 */
@JsonPropertyOrder({"run_date", "run_id", "email", "up_id", "redrive_of", "recut_of"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRequest(
        @JsonProperty("run_date") LocalDate runDate,
        @JsonProperty("run_id") String runId,
        @JsonProperty("email") @Nullable String email,
        @JsonProperty("up_id") long upId,
        @JsonProperty("redrive_of") @Nullable String redriveOf,
        @JsonProperty("recut_of") @Nullable String recutOf) {

    /** Run ids become parts of keys and of local paths. */
    public RunRequest {
        Objects.requireNonNull(runDate, "run_date");
        RunIds.require(runId);
        if (redriveOf != null) {
            RunIds.require(redriveOf);
        }
        if (recutOf != null) {
            RunIds.require(recutOf);
        }
    }

    /** Of the warehouse's rows. */
    public RunRequest(LocalDate runDate, String runId, @Nullable String email, long upId) {
        this(runDate, runId, email, upId, null, null);
    }
}
