package io.trustpipeline.store;

/**
 * An object that is now a file.
 *
 * @param size bytes
 * @param sha256 lower-case hex digest of the bytes as they were received
 * @param etag quoted
 */
public record Download(long size, String sha256, String etag) {}
