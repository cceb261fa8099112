package io.trustpipeline.chunked;

/** How far a chunk's transaction is kept apart from others. */
public enum Isolation {
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE;

    String sql() {
        return name().replace('_', ' ');
    }
}
