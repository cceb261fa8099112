package io.trustpipeline.transcripts.jobs;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How far a job is. It only ever moves on: to a later state of this list, or to a failure. */
public enum JobState {
    QUEUED,
    PROCESSING,
    NORMALIZING,
    NORMALIZED,
    SCORING,
    SCORED,
    AGGREGATING,
    /** Scored and aggregated, but not published; publishing is tried again. */
    PARTIAL,
    SUCCEEDED,
    FAILED,
    CANCELLED;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static JobState of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** Whether nothing follows. */
    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** Whether the job rests here, for ever or until somebody tries again. */
    public boolean isEnd() {
        return isFinal() || this == PARTIAL;
    }

    boolean isBefore(JobState other) {
        return ordinal() < other.ordinal();
    }

    /** The states from which a job may come here. */
    List<JobState> predecessors() {
        return Arrays.stream(values())
                .filter(state -> !state.isFinal() && state.isBefore(this))
                .toList();
    }
}
