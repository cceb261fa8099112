package io.trustpipeline.chunked;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.apache.commons.codec.digest.DigestUtils;

import java.util.List;

/**
 * The plan of a run as it is stored outside the database: chunk ids, sizes and a checksum of each chunk's keys, but no key
 * that is secret, and a checksum over all of it. A task of the state machine is given a chunk id and the run id, nothing more.
 */
public record PlanObject(
        @JsonProperty("run_id") String runId,
        @JsonProperty("declaration") String declaration,
        @JsonProperty("declaration_digest") String declarationDigest,
        @JsonProperty("total_rows") long totalRows,
        @JsonProperty("rows_without_key") long rowsWithoutKey,
        @JsonProperty("num_chunks") int numChunks,
        @JsonProperty("concurrency") int concurrency,
        @JsonProperty("chunks") List<Chunk> chunks,
        @JsonProperty("sha256") String sha256) {
    public PlanObject {
        chunks = List.copyOf(chunks);
    }

    /** The plan with its checksum. */
    static PlanObject of(Declaration declaration, ChunkedStatus status, int concurrency, List<Chunk> chunks) {
        return new PlanObject(
                status.runId(),
                declaration.name(),
                declaration.digest(),
                status.rowsPlanned(),
                status.rowsWithoutKey(),
                chunks.size(),
                concurrency,
                chunks,
                digest(status.runId(), declaration.digest(), chunks));
    }

    /** Whether run, declaration and chunks are those that the checksum was made of. */
    boolean intact() {
        return sha256.equals(digest(runId, declarationDigest, chunks)) && numChunks == chunks.size();
    }

    private static String digest(String runId, String declarationDigest, List<Chunk> chunks) {
        return DigestUtils.sha256Hex(runId + "\n" + declarationDigest + "\n" + chunks);
    }

    /** One chunk; {@code keysMac} is an HMAC-SHA-256 whose key stays in the database. */
    public record Chunk(
            @JsonProperty("chunk_id") int chunkId,
            @JsonProperty("estimated_rows") long estimatedRows,
            @JsonProperty("num_keys") int numKeys,
            @JsonProperty("oversize") boolean oversize,
            @JsonProperty("first_key") String firstKey,
            @JsonProperty("last_key") String lastKey,
            @JsonProperty("keys_hmac_sha256") String keysMac) {}
}
