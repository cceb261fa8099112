package io.trustpipeline.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.run.RowCounts;
import io.trustpipeline.run.StageRecord;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * {@code report.json}: what a run found, in figures. The page says the same and no more. Its form is
 * {@code schemas/run-report.schema.json}; a field that is added leaves the version as it is, one that goes or means
 * something else raises it.
 *
 * @param comparedWith the last run of the same client that scored something; null when there is none
 * @param themes in the run's order
 * @param stages null when an attempt did the work that could not say how long it took
 */
public record RunReport(
        @JsonProperty("schema_version") int schemaVersion,
        @JsonProperty("run") Identity run,
        @JsonProperty("rows") RowCounts rows,
        @JsonProperty("already_scored_in") Map<String, Long> alreadyScoredIn,
        @JsonProperty("compared_with") @Nullable Earlier comparedWith,
        @JsonProperty("themes") List<ThemeFacts> themes,
        @JsonProperty("text_lengths") TextLengths textLengths,
        @JsonProperty("examples") List<Example> examples,
        @JsonProperty("rejected") List<Rejection> rejected,
        @JsonProperty("stages") @Nullable List<StageRecord> stages,
        @JsonProperty("commands") List<Command> commands) {
    public static final int SCHEMA_VERSION = 1;

    public RunReport {
        themes = List.copyOf(themes);
        examples = List.copyOf(examples);
        rejected = List.copyOf(rejected);
        commands = List.copyOf(commands);
    }

    /** What ran. */
    public record Identity(
            @JsonProperty("pipeline") String pipeline,
            @JsonProperty("run_id") String runId,
            @JsonProperty("run_date") LocalDate runDate,
            @JsonProperty("up_id") long upId,
            @JsonProperty("redrive_of") @Nullable String redriveOf,
            @JsonProperty("recut_of") @Nullable String recutOf,
            @JsonProperty("engine") String engine,
            @JsonProperty("certificate") @Nullable String certificate,
            @JsonProperty("started_at") Instant startedAt,
            @JsonProperty("committed_at") Instant committedAt,
            @JsonProperty("attempts") int attempts,
            @JsonProperty("raw_prefix") String rawPrefix,
            @JsonProperty("scored_prefix") String scoredPrefix) {}

    /** The run that this one is compared with. */
    public record Earlier(
            @JsonProperty("run_id") String runId,
            @JsonProperty("run_date") LocalDate runDate,
            @JsonProperty("scored") long scored) {}

    /**
     * A theme.
     *
     * @param scored comments that were scored for this theme
     * @param perThousand spans for each 1,000 of them; null when there is none
     * @param perThousandBefore the same of the run that this one is compared with; null where its report has no such figure
     * @param scores how many spans have a score in each twentieth of 0 to 1
     */
    public record ThemeFacts(
            @JsonProperty("theme") String theme,
            @JsonProperty("model_digest") String modelDigest,
            @JsonProperty("thresholds") @Nullable Map<String, Float> thresholds,
            @JsonProperty("scored") long scored,
            @JsonProperty("spans") long spans,
            @JsonProperty("relevant") long relevant,
            @JsonProperty("per_1000") @Nullable Double perThousand,
            @JsonProperty("per_1000_before") @Nullable Double perThousandBefore,
            @JsonProperty("labels") List<LabelFacts> labels,
            @JsonProperty("scores") List<Long> scores) {
        public ThemeFacts {
            labels = List.copyOf(labels);
            scores = List.copyOf(scores);
        }
    }

    /** A label of a theme, counted as the theme is. */
    public record LabelFacts(
            @JsonProperty("label") String label,
            @JsonProperty("threshold") @Nullable Float threshold,
            @JsonProperty("spans") long spans,
            @JsonProperty("per_1000") @Nullable Double perThousand,
            @JsonProperty("per_1000_before") @Nullable Double perThousandBefore) {}

    /**
     * How long the exported comments are.
     *
     * @param stabilityIndex the population stability index against the run that this one is compared with; null without
     *     its figures
     */
    public record TextLengths(
            @JsonProperty("classes") List<LengthClass> classes,
            @JsonProperty("stability_index") @Nullable Double stabilityIndex) {
        public TextLengths {
            classes = List.copyOf(classes);
        }
    }

    /**
     * Comments of at least so many code points, and of fewer than the next class has.
     *
     * @param before the same of the run that this one is compared with
     */
    public record LengthClass(
            @JsonProperty("from") int from,
            @JsonProperty("comments") long comments,
            @JsonProperty("comments_before") @Nullable Long before) {}

    /**
     * A span in its sentence.
     *
     * @param aboveThreshold its score less its threshold; null where no plan says the threshold
     * @param spans all relevant spans of the sentence, this one among them
     */
    public record Example(
            @JsonProperty("comment_unique_key") String key,
            @JsonProperty("theme") String theme,
            @JsonProperty("label") String label,
            @JsonProperty("score") float score,
            @JsonProperty("above_threshold") @Nullable Double aboveThreshold,
            @JsonProperty("sentence") String sentence,
            @JsonProperty("spans") List<SentenceSpan> spans) {
        public Example {
            spans = List.copyOf(spans);
        }
    }

    /** A span's place in the sentence, in code points, half-open. */
    public record SentenceSpan(
            @JsonProperty("theme") String theme,
            @JsonProperty("label") String label,
            @JsonProperty("score") float score,
            @JsonProperty("start") int start,
            @JsonProperty("end") int end) {}

    /**
     * Rows that were rejected for the same reason.
     *
     * @param reason with N for every number in it
     */
    public record Rejection(
            @JsonProperty("stage") String stage,
            @JsonProperty("reason") String reason,
            @JsonProperty("rows") long rows) {}

    /** What to type next, and what for. */
    public record Command(
            @JsonProperty("command") String command,
            @JsonProperty("does") String does) {}
}
