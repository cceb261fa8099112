package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code plan.json}: what the run will do, fixed before the first row is scored, so that every later attempt does the
 * same whatever happened to the ledger, the clock or the models meanwhile.
 *
 * @param engine the version of this program that planned
 * @param patternCheckDate the day written into every span
 * @param themes the themes in their order, with what identifies their results
 * @param shards one for each raw object
 * @param ledgers the ledger objects that the plan took into account: one for each of the client's turns before
 * @param alreadyScoredIn for each earlier run, how many of this run's rows it had scored
 * @param certificate how the models' scores compared with spaCy's before the run planned; null in plans of earlier versions
 * @param took what it took to plan; null in plans of earlier versions
 */
public record Plan(
        @JsonProperty("engine") String engine,
        @JsonProperty("pattern_check_date") LocalDate patternCheckDate,
        @JsonProperty("themes") List<Theme> themes,
        @JsonProperty("shards") List<Shard> shards,
        @JsonProperty("ledgers") List<String> ledgers,
        @JsonProperty("already_scored_in") Map<String, Long> alreadyScoredIn,
        @JsonProperty("certificate") @Nullable ParityCertificate certificate,
        @JsonProperty("took") @Nullable StageFigures took) {

    public Plan {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(patternCheckDate, "pattern_check_date");
        themes = List.copyOf(themes);
        shards = List.copyOf(shards);
        ledgers = List.copyOf(ledgers);
        Objects.requireNonNull(alreadyScoredIn, "already_scored_in");
    }

    /** What identifies the results of the themes, in their order. */
    List<Theme> themesAsInLedger() {
        return asInLedger(themes);
    }

    static List<Theme> asInLedger(List<Theme> themes) {
        return themes.stream().map(Theme::asInLedger).toList();
    }

    /**
     * A theme as the ledger knows it: a score is done once for each of these.
     *
     * @param rulesDigest of what else changes the result: thresholds, exclusions, post-rules
     * @param thresholds from which score on a span counts, by label and {@link #OTHERS}; for people, since the digests cover
     *     what they come from; null in plans of earlier versions
     * @param spanRulesDigest of what decides about spans besides thresholds; null in plans of earlier versions
     */
    public record Theme(
            @JsonProperty("theme") String name,
            @JsonProperty("model_digest") String modelDigest,
            @JsonProperty("rules_digest") String rulesDigest,
            @JsonProperty("thresholds") @Nullable Map<String, Float> thresholds,
            @JsonProperty("span_rules_digest") @Nullable String spanRulesDigest) {
        /** Stands for every label that has no threshold of its own. */
        public static final String OTHERS = "*";

        public Theme {
            Objects.requireNonNull(name, "theme");
            Objects.requireNonNull(modelDigest, "model_digest");
            Objects.requireNonNull(rulesDigest, "rules_digest");
            thresholds = thresholds == null ? null : Collections.unmodifiableMap(new TreeMap<>(thresholds));
        }

        /** As the ledger has it. */
        public Theme(String name, String modelDigest, String rulesDigest) {
            this(name, modelDigest, rulesDigest, null, null);
        }

        /** What identifies its results, and no more. */
        Theme asInLedger() {
            return new Theme(name, modelDigest, rulesDigest);
        }

        /** From which score on a span with this label counted; empty where no plan says so. */
        public Optional<Float> threshold(String label) {
            if (thresholds == null) {
                return Optional.empty();
            }
            Float own = thresholds.get(label);
            return Optional.ofNullable(own != null ? own : thresholds.get(OTHERS));
        }
    }

    /**
     * One raw object and, row for row in its order, what is to be done with it.
     *
     * @param part the object with the dispositions of the rows
     */
    public record Shard(
            @JsonProperty("number") int number,
            @JsonProperty("raw") StoredObject raw,
            @JsonProperty("part") StoredObject part) {
        public Shard {
            Objects.requireNonNull(raw, "raw");
            Objects.requireNonNull(part, "part");
        }
    }
}
