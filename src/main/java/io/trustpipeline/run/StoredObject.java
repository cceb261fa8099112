package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An object of a run as it was read back from the store.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
public record StoredObject(
        @JsonProperty("key") String key,
        @JsonProperty("rows") long rows,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("sha256") String sha256) {}
