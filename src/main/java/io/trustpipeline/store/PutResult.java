package io.trustpipeline.store;

import java.util.Optional;

/** How a put-if-absent ended. ETags are quoted, as S3 gives them. */
public sealed interface PutResult {

    /** The object's ETag as it is stored now, whoever wrote it. */
    String etag();

    /** This call created the object. */
    record Created(String etag) implements PutResult {}

    /**
     * Another writer created the object earlier.
     *
     * @param sha256 lower-case hex digest of what is stored, where its writer recorded it
     */
    record Exists(String etag, Optional<String> sha256) implements PutResult {}
}
