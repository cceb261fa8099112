package io.trustpipeline.store;

import org.jspecify.annotations.Nullable;

/** An object could not be read or written. The message is one line that names the bucket and key, or the folder. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, so that a caller knows whether trying again can help. */
    public enum Kind {
        /** The storage does not answer, is throttling, full or in use: worth a retry later. */
        UNAVAILABLE,
        /** The storage answered no: bucket, credentials, key. A retry gets the same answer. */
        REFUSED,
        /** Other writers kept getting in between. */
        CONFLICT,
        /** The bytes are not those whose digest was announced. */
        CORRUPT
    }

    private final Kind kind;

    StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message.replaceAll("\\s+", " ").strip(), cause);
        this.kind = kind;
    }

    StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }
}
