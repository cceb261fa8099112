package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Objects;

/**
 * Rows to be wondered at: those outside a range. They are counted in every report.
 *
 * @param drop whether features do without them
 */
public record RowCheck(
        @JsonProperty(value = "name", required = true) String name,
        @JsonProperty(value = "expected", required = true) Range expected,
        @JsonProperty("drop") boolean drop) {
    public RowCheck {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(expected, "expected");
    }
}
