package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What a stage takes, estimated or as it was.
 *
 * @param tokens that models look at, each distinct text once; null where no model is asked
 * @param cost of the machine, without the warehouse's own
 */
public record StageFigures(
        @JsonProperty("rows") long rows,
        @JsonProperty("tokens") @Nullable Long tokens,
        @JsonProperty("seconds") double seconds,
        @JsonProperty("vcpu_hours") double vcpuHours,
        @JsonProperty("cost") double cost) {

    static StageFigures of(long rows, @Nullable Long tokens, double seconds, Prices prices) {
        return new StageFigures(
                rows,
                tokens,
                rounded(seconds, 1e3),
                rounded(prices.vcpuHours(seconds), 1e6),
                rounded(prices.cost(seconds), 1e6));
    }

    /** Both together. */
    StageFigures plus(StageFigures other) {
        return new StageFigures(
                rows + other.rows,
                tokens == null ? other.tokens : Long.valueOf(tokens + (other.tokens == null ? 0 : other.tokens)),
                rounded(seconds + other.seconds, 1e3),
                rounded(vcpuHours + other.vcpuHours, 1e6),
                rounded(cost + other.cost, 1e6));
    }

    private static double rounded(double value, double parts) {
        return Math.round(value * parts) / parts;
    }
}
