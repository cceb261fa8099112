package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * What was written to learn from, and a small model with its errors on the days held out beside those of two that learn
 * nothing: mean absolute errors. Null where there is too little to say.
 *
 * @param rows all, those held out among them
 * @param constant the error of always saying the mean label of the training days
 * @param persistence the error of saying that tomorrow is as today
 * @param regression the error of the model: a line through today's figure, fitted on the training days
 * @param slope of the line
 * @param intercept of the line
 */
public record TrainingReport(
        @JsonProperty("from") LocalDate from,
        @JsonProperty("to") LocalDate to,
        @JsonProperty("label") String label,
        @JsonProperty("rows") long rows,
        @JsonProperty("rows_held_out") long heldOut,
        @JsonProperty("error_of_mean") @Nullable Double constant,
        @JsonProperty("error_of_persistence") @Nullable Double persistence,
        @JsonProperty("error_of_line") @Nullable Double regression,
        @JsonProperty("slope") @Nullable Double slope,
        @JsonProperty("intercept") @Nullable Double intercept) {

    /** Whether the model is worth more than saying that tomorrow is as today, or as always. */
    public boolean worthwhile() {
        return regression != null
                && constant != null
                && persistence != null
                && regression < Math.min(constant, persistence);
    }
}
