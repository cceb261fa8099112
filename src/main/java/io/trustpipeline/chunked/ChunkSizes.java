package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How large chunks become.
 *
 * @param target rows at which a chunk closes
 * @param max rows that no chunk passes, unless one key alone does
 * @param min rows below which the last chunk joins the one before it, if that stays within {@code max}
 * @param maxKeys keys that no chunk passes
 */
public record ChunkSizes(
        @JsonProperty(value = "target", required = true) long target,
        @JsonProperty(value = "max", required = true) long max,
        @JsonProperty(value = "min", required = true) long min,
        @JsonProperty(value = "max_keys", required = true) int maxKeys) {
    public ChunkSizes {
        if (min < 0 || target < 1 || max < target || min > target || maxKeys < 1) {
            throw new IllegalArgumentException("chunks: target " + target + ", max " + max + ", min " + min
                    + ", max_keys " + maxKeys + "; right is 0 <= min <= target <= max and max_keys >= 1");
        }
    }
}
