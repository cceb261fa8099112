package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.trustpipeline.table.DuckDb;
import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Numbers of a column between two bounds, both included. Null is in no range, and outside of none.
 *
 * @param atLeast the lowest, or null for none
 * @param atMost the highest, or null for none
 */
public record Range(
        @JsonProperty(value = "column", required = true) String column,
        @JsonProperty("at_least") @Nullable Double atLeast,
        @JsonProperty("at_most") @Nullable Double atMost) {

    public Range {
        Objects.requireNonNull(column, "column");
        if (atLeast == null && atMost == null) {
            throw new IllegalArgumentException("\"" + column + "\" needs at_least, at_most or both");
        }
    }

    String inside() {
        return "(" + bounds(">=", "<=", " AND ") + ")";
    }

    /** Null of null, which a filter takes for no. */
    String outside() {
        return "(" + bounds("<", ">", " OR ") + ")";
    }

    private String bounds(String lower, String upper, String joint) {
        String name = DuckDb.identifier(column);
        String low = atLeast == null ? "" : name + " " + lower + " " + atLeast;
        String high = atMost == null ? "" : name + " " + upper + " " + atMost;
        return low.isEmpty() || high.isEmpty() ? low + high : low + joint + high;
    }
}
