package io.trustpipeline.store;

import java.nio.charset.StandardCharsets;

/**
 * A small object read whole.
 *
 * @param bytes not copied: the receiver owns them
 * @param etag quoted; what {@link ObjectStore#compareAndSet} expects
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never a map key
public record StoredBytes(byte[] bytes, String etag) {

    /** The bytes read as UTF-8. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
