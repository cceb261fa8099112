package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * What somebody asked for, complete and valid.
 *
 * @param runDate names the raw partition and fills {@code :run_date}
 * @param runId names everything the run writes; part of object keys
 * @param upId the client organisation whose comments are scored
 * @param email whom to tell, or null
 */
@JsonPropertyOrder({"run_date", "run_id", "email", "up_id"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRequest(
        @JsonProperty("run_date") LocalDate runDate,
        @JsonProperty("run_id") String runId,
        @JsonProperty("email") @Nullable String email,
        @JsonProperty("up_id") long upId) {}
