package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * One figure of a customer on a day.
 *
 * @param name its column in Parquet and its attribute in the table
 * @param column what is aggregated; null counts rows
 * @param filter which rows it sees; null for all
 */
public record Feature(
        @JsonProperty(value = "name", required = true) String name,

        @JsonProperty(value = "aggregate", required = true) Aggregate aggregate,

        @JsonProperty("column") @Nullable String column,
        @JsonProperty(value = "window", required = true) Window window,
        @JsonProperty("filter") @Nullable Range filter) {

    public Feature {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(aggregate, "aggregate");
        Objects.requireNonNull(window, "window");
        if (column == null && aggregate != Aggregate.COUNT) {
            throw new IllegalArgumentException("feature \"" + name + "\" needs a column");
        }
    }
}
