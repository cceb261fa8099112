package io.trustpipeline.chunked;

/**
 * What a chunk did.
 *
 * @param marked rows marked as looked at and not found again
 * @param updated rows that changed
 * @param unseen rows not found again, whether newly marked or not
 */
record ChunkCounts(long marked, long updated, long unseen) {}
