package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * {@code manifest.json}: everything that a run did. It is created when the run commits and moves forward, by
 * compare-and-set, when people were told and when a redrive took up what it had rejected; no other object of a run ever
 * changes.
 *
 * @param stages what was expected of each stage and what it took the attempts that left what it leaves
 * @param redriveOf the run whose rejected rows this one took up; null for another run
 * @param redrivenBy the runs that took up rows that this one had rejected; null while there are none
 * @param recutOf the run whose rows this one took up with other thresholds; null for another run
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
        @JsonProperty("certificate") @Nullable ParityCertificate certificate,
        @JsonProperty("started_at") Instant startedAt,
        @JsonProperty("committed_at") Instant committedAt,
        @JsonProperty("notified_at") @Nullable Instant notifiedAt,
        @JsonProperty("subscription") @Nullable Subscription subscription,
        @JsonProperty("attempts") int attempts,
        @JsonProperty("stages") @Nullable List<StageRecord> stages,
        @JsonProperty("redrive_of") @Nullable String redriveOf,
        @JsonProperty("redriven_by") @Nullable List<String> redrivenBy,
        @JsonProperty("recut_of") @Nullable String recutOf) {

    public static final int SCHEMA_VERSION = 1;

    public Manifest {
        Objects.requireNonNull(runId, "run_id");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(spans, "spans").values().forEach(Objects::requireNonNull);
        Objects.requireNonNull(alreadyScoredIn, "already_scored_in").values().forEach(Objects::requireNonNull);
        raw = List.copyOf(raw);
        scored = List.copyOf(scored);
        rejected = List.copyOf(rejected);
        Objects.requireNonNull(ledger, "ledger");
        themes = List.copyOf(themes);
        Objects.requireNonNull(committedAt, "committed_at");
    }

    Manifest notified(Instant when, @Nullable Subscription recipient) {
        return with(RunState.NOTIFIED, when, recipient, redrivenBy);
    }

    /** Names a run that took up what this one had rejected; once, however often it is said. */
    Manifest redriven(String child) {
        Set<String> children = new TreeSet<>(redrivenBy == null ? List.of() : redrivenBy);
        children.add(child);
        return with(state, notifiedAt, subscription, List.copyOf(children));
    }

    /** The same but for what may still change once a run has committed. */
    private Manifest with(
            RunState newState,
            @Nullable Instant newNotifiedAt,
            @Nullable Subscription newSubscription,
            @Nullable List<String> newRedrivenBy) {
        return new Manifest(
                schemaVersion,
                pipeline,
                runId,
                runDate,
                upId,
                email,
                newState,
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
                certificate,
                startedAt,
                committedAt,
                newNotifiedAt,
                newSubscription,
                attempts,
                stages,
                redriveOf,
                newRedrivenBy,
                recutOf);
    }
}
