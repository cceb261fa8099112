package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.LocalDate;

/** The days that a run looks at, around its run date; both ends belong to it. */
public record Window(
        @JsonProperty("lookback_years") int lookbackYears,
        @JsonProperty("lookahead_days") int lookaheadDays) {
    LocalDate start(LocalDate runDate) {
        return runDate.minusYears(lookbackYears);
    }

    LocalDate end(LocalDate runDate) {
        return runDate.plusDays(lookaheadDays);
    }
}
