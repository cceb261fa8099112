package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.time.Duration;
import java.util.List;

/**
 * Who works on the chunks.
 *
 * @param concurrency chunks at a time, each with one connection
 * @param sequentialBelow rows below which one worker does it all
 * @param leaseSeconds how long a claimed chunk may stand still, outside a transaction, before another worker takes it
 * @param retrySeconds pauses before a chunk is tried again after an error that may pass
 */
public record Workers(
        @JsonProperty(value = "concurrency", required = true)
        int concurrency,

        @JsonProperty("sequential_below") long sequentialBelow,

        @JsonProperty(value = "lease_seconds", required = true)
        int leaseSeconds,

        @JsonProperty(value = "retry_seconds", required = true)
        List<Double> retrySeconds,

        @JsonProperty(value = "isolation", required = true) Isolation isolation) {
    public Workers {
        retrySeconds = List.copyOf(retrySeconds);
        if (concurrency < 1 || concurrency > 100 || leaseSeconds < 1 || leaseSeconds > 3_600) {
            throw new IllegalArgumentException("workers: concurrency " + concurrency + ", lease_seconds " + leaseSeconds
                    + "; right is 1 to 100, and 1 to 3600");
        }
    }

    Duration lease() {
        return Duration.ofSeconds(leaseSeconds);
    }

    /** The pause before the next try after {@code tries} failed ones, or negative when there is none. */
    long pauseMillis(int tries) {
        return tries > retrySeconds.size() ? -1 : Math.round(retrySeconds.get(tries - 1) * 1000);
    }
}
