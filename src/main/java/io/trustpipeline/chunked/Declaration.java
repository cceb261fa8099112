package io.trustpipeline.chunked;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a chunked update is made of. Immutable.
 *
 * @param digest SHA-256 of the YAML and of every SQL file; a run keeps to the one it began with
 * @param row the column by which people name a row, or null
 * @param snapshot once a run, in one transaction
 * @param distribution keys and their rows, in the order of the keys, the count last
 * @param prepare once a chunk, before {@code mark}
 * @param mark what says that a chunk's rows were looked at
 * @param unseen ids of rows that the chunk looked at and did not find again
 * @param resolve what becomes of unseen rows once all chunks are done
 * @param checks name, figure, passed
 */
public record Declaration(
        String name,
        String digest,
        String table,
        List<KeyColumn> key,
        @Nullable KeyColumn row,
        Window window,
        ChunkSizes chunks,
        Workers workers,
        List<SqlFile> snapshot,
        SqlFile distribution,
        List<SqlFile> prepare,
        @Nullable SqlFile mark,
        SqlFile update,
        @Nullable SqlFile unseen,
        @Nullable SqlFile resolve,
        @Nullable SqlFile checks,
        List<SqlFile> succeeded,
        List<SqlFile> failed) {

    /** The same with other workers. */
    Declaration with(Workers other) {
        return new Declaration(
                name,
                digest,
                table,
                key,
                row,
                window,
                chunks,
                other,
                snapshot,
                distribution,
                prepare,
                mark,
                update,
                unseen,
                resolve,
                checks,
                succeeded,
                failed);
    }
}
