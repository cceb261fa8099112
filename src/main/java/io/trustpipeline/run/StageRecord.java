package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A stage of a run in its manifest: what was expected of it and what it took.
 *
 * @param estimate null when nobody asked for one
 * @param actual of the attempts that left what the stage leaves; of many tasks together, as if one machine had worked
 *     them off; null where none said it
 */
public record StageRecord(
        @JsonProperty("stage") String stage,
        @JsonProperty("estimate") @Nullable StageFigures estimate,
        @JsonProperty("actual") @Nullable StageFigures actual) {
    public static final String SCORE = "score";

    static final String EXPORT = "export";
    static final String PLAN = "plan";

    private static final String COMMIT = "commit";

    /** The stages of a run that is about to commit, by what they left. */
    static List<StageRecord> of(
            Export export,
            Plan plan,
            List<Receipt> receipts,
            @Nullable StageFigures commit,
            @Nullable Estimate estimate) {
        StageFigures scored = receipts.stream()
                .map(Receipt::took)
                .filter(Objects::nonNull)
                .reduce(StageFigures::plus)
                .orElse(null);
        List<StageRecord> records = new ArrayList<>();
        add(EXPORT, export.took(), estimate, records);
        add(PLAN, plan.took(), estimate, records);
        add(SCORE, scored, estimate, records);
        add(COMMIT, commit, estimate, records);
        return records;
    }

    private static void add(
            String stage, @Nullable StageFigures actual, @Nullable Estimate estimate, List<StageRecord> records) {
        StageFigures expected = estimate == null ? null : estimate.of(stage).orElse(null);
        if (expected != null || actual != null) {
            records.add(new StageRecord(stage, expected, actual));
        }
    }
}
