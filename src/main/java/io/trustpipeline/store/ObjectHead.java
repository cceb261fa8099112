package io.trustpipeline.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of an object without reading it.
 *
 * @param size bytes
 * @param etag quoted; empty where the storage has none
 * @param sha256 lower-case hex digest of the bytes, where the writer recorded it ({@link ObjectStore} always does)
 */
public record ObjectHead(String key, long size, String etag, Instant lastModified, Optional<String> sha256) {}
