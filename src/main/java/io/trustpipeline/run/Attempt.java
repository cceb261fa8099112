package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** One start of a run: who took it up, when, and what it may take; null when that is nobody's concern. */
record Attempt(
        @JsonProperty("started_at") Instant startedAt,
        @JsonProperty("host") String host,
        @JsonProperty("pid") long pid,
        @JsonProperty("engine") String engine,
        @JsonProperty("limits") @Nullable Limits limits) {}
