package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Instant;

/** One start of a run: who took it up, and when. */
record Attempt(
        @JsonProperty("started_at") Instant startedAt,
        @JsonProperty("host") String host,
        @JsonProperty("pid") long pid,
        @JsonProperty("engine") String engine) {}
