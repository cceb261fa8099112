package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * {@code export.json}: the raw objects that belong to the run. An object under the raw prefix that is not named here was
 * left by an attempt that was cut off, and counts for nothing.
 *
 * @param dialect how the warehouse wrote them
 * @param took what it took; null in exports of earlier versions
 */
public record Export(
        @JsonProperty("dialect") String dialect,
        @JsonProperty("objects") List<StoredObject> objects,
        @JsonProperty("took") @Nullable StageFigures took) {

    public Export {
        objects = List.copyOf(objects);
    }

    public long rows() {
        return objects.stream().mapToLong(StoredObject::rows).sum();
    }
}
