package io.trustpipeline.chunked;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * What somebody asked for.
 *
 * @param resolve whether rows that were not found again are resolved once all chunks are done
 * @param email whom to tell, or null
 */
public record ChunkedRequest(
        String runId,
        LocalDate runDate,
        Mode mode,
        boolean resolve,
        @Nullable String email) {
    /** How many chunks are worked on at a time. */
    public enum Mode {
        /** One at a time when the table is small. */
        AUTO,
        SEQUENTIAL,
        CHUNKED
    }
}
