package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.LocalDate;

/** How many days a feature looks back, the run date itself included. */
public enum Window {
    @JsonProperty("1d")
    DAY(1),
    @JsonProperty("7d")
    WEEK(7),
    @JsonProperty("30d")
    MONTH(30);

    private final int days;

    Window(int days) {
        this.days = days;
    }

    int days() {
        return days;
    }

    /** The first of its days; the last is the run date. */
    LocalDate start(LocalDate runDate) {
        return runDate.minusDays(days - 1L);
    }
}
