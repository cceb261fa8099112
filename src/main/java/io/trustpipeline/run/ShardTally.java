package io.trustpipeline.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;

/**
 * What became of a shard's rows, kept in the footer of its scored object. That object is created once, so of several
 * attempts at a shard, side by side or late, it decides whose result counts: rows, spans and rejected rows together.
 *
 * @param spans found, by theme
 * @param rejectedSha256 of the object with the rejected rows; null when there are none
 * @param nearSha256 of the object with the spans a little below their thresholds; null when there are none
 * @param nearFrom from which share of its thresholds on each theme's are complete; null where none were kept
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ShardTally(
        @JsonProperty("rows") RowCounts rows,
        @JsonProperty("spans") SortedMap<String, Long> spans,
        @JsonProperty("rejected_sha256") @Nullable String rejectedSha256,
        @JsonProperty("near_sha256") @Nullable String nearSha256,
        @JsonProperty("near_from") @Nullable SortedMap<String, Float> nearFrom) {
    private static final String KEY = "trust_pipeline.shard";
    private static final JsonMapper JSON = new JsonMapper();

    /** Of a shard whose near misses nobody kept. */
    public ShardTally(RowCounts rows, SortedMap<String, Long> spans, @Nullable String rejectedSha256) {
        this(rows, spans, rejectedSha256, null, null);
    }

    /** As a Parquet file's key-value metadata. */
    public Map<String, String> metadata() {
        try {
            return Map.of(KEY, JSON.writeValueAsString(this));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the metadata of a scored object.
     *
     * @throws PipelineException DATA_REFUSED naming the object when it has no tally
     */
    static ShardTally of(String object, Map<String, String> metadata) {
        try {
            return JSON.readValue(metadata.getOrDefault(KEY, "absent"), ShardTally.class);
        } catch (JsonProcessingException e) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    object + ": its footer has no " + KEY + ", so this program did not write it; use a new run_id",
                    e);
        }
    }

    long spansFound() {
        return spans.values().stream().mapToLong(Long::longValue).sum();
    }
}
