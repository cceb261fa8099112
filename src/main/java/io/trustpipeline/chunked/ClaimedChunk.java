package io.trustpipeline.chunked;

/**
 * A chunk that this worker may work on while its lease lasts.
 *
 * @param owner unique to this claim: a worker whose lease went to another finds that it is no longer the owner
 * @param keysMac what the chunk's keys must come to
 * @param rows as many as were planned
 */
record ClaimedChunk(String runId, int id, String owner, int attempts, String keysMac, long rows) {}
