package io.trustpipeline.transcripts.read;

import org.apache.commons.codec.digest.DigestUtils;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** UUIDs of version 5 (RFC 9562, 5.5): the same name always gets the same one. */
public final class NameBasedId {
    private static final UUID DNS = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");

    private NameBasedId() {}

    /** In the name space of DNS, as Python's {@code uuid.uuid5(uuid.NAMESPACE_DNS, name)}. */
    public static UUID of(String name) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(16 + text.length)
                .putLong(DNS.getMostSignificantBits())
                .putLong(DNS.getLeastSignificantBits())
                .put(text);
        ByteBuffer hash = ByteBuffer.wrap(DigestUtils.sha1(bytes.array()));
        long high = hash.getLong() & 0xFFFFFFFFFFFF0FFFL | 0x5000L;
        long low = hash.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
