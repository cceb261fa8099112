package io.trustpipeline.features;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Rows that were taken in.
 *
 * @param key where they are
 * @param source where they are from: a URL or a file
 * @param sourceSha256 of the whole source, whose first rows these are
 */
public record Ingested(
        @JsonProperty("key") String key,
        @JsonProperty("sha256") String sha256,
        @JsonProperty("bytes") long bytes,
        @JsonProperty("rows") long rows,
        @JsonProperty("source") String source,
        @JsonProperty("source_sha256") String sourceSha256,
        @JsonProperty("source_bytes") long sourceBytes,
        @JsonProperty("source_rows") long sourceRows) {}
