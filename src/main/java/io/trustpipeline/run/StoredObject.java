package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An object of a run as it was read back from the store.
 *
 * @param sha256 of its bytes, in lower-case hexadecimal
 */
public record StoredObject(
        @JsonProperty("key") String key,
        @JsonProperty("rows") long rows,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("sha256") String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    /** The digest becomes the name of a local file, so nothing else may stand there. */
    public StoredObject {
        Objects.requireNonNull(key, "key");
        if (!SHA256.matcher(sha256).matches()) {
            throw new IllegalArgumentException("sha256 is no digest");
        }
    }
}
