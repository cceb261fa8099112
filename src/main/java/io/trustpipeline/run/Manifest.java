package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * {@code manifest.json}: everything that a run did. It is created when the run commits and moves forward once more, by
 * compare-and-set, when people were told; no other object of a run ever changes.
 */
@JsonPropertyOrder({
    "schema_version",
    "pipeline",
    "run_id",
    "run_date",
    "up_id",
    "email",
    "state",
    "rows",
    "spans",
    "already_scored_in"
})
public record Manifest(
        @JsonProperty("schema_version") int schemaVersion,
        @JsonProperty("pipeline") String pipeline,
        @JsonProperty("run_id") String runId,
        @JsonProperty("run_date") LocalDate runDate,
        @JsonProperty("up_id") long upId,
        @JsonProperty("email") @Nullable String email,
        @JsonProperty("state") RunState state,
        @JsonProperty("rows") RowCounts rows,
        @JsonProperty("spans") Map<String, Long> spans,
        @JsonProperty("already_scored_in") Map<String, Long> alreadyScoredIn,
        @JsonProperty("raw_prefix") String rawPrefix,
        @JsonProperty("scored_prefix") String scoredPrefix,
        @JsonProperty("raw") List<StoredObject> raw,
        @JsonProperty("scored") List<StoredObject> scored,
        @JsonProperty("rejected") List<StoredObject> rejected,
        @JsonProperty("ledger") StoredObject ledger,
        @JsonProperty("themes") List<Plan.Theme> themes,
        @JsonProperty("pattern_check_date") LocalDate patternCheckDate,
        @JsonProperty("engine") String engine,
        @JsonProperty("started_at") Instant startedAt,
        @JsonProperty("committed_at") Instant committedAt,
        @JsonProperty("notified_at") @Nullable Instant notifiedAt,
        @JsonProperty("attempts") int attempts) {

    public static final int SCHEMA_VERSION = 1;

    Manifest notified(Instant when) {
        return new Manifest(
                schemaVersion,
                pipeline,
                runId,
                runDate,
                upId,
                email,
                RunState.NOTIFIED,
                rows,
                spans,
                alreadyScoredIn,
                rawPrefix,
                scoredPrefix,
                raw,
                scored,
                rejected,
                ledger,
                themes,
                patternCheckDate,
                engine,
                startedAt,
                committedAt,
                when,
                attempts);
    }
}
