package io.trustpipeline.chunked;

import org.apache.commons.codec.digest.HmacAlgorithms;
import org.apache.commons.codec.digest.HmacUtils;

import javax.crypto.Mac;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * A checksum of a chunk's keys, in their order. Keyed with a salt that stays in the database, so that it cannot be turned
 * back into the keys by trying all there are.
 */
final class KeysMac {
    private static final byte BETWEEN_PARTS = 0x1f;
    private static final byte BETWEEN_KEYS = 0x1e;

    private final Mac mac;

    KeysMac(String salt) {
        this.mac = HmacUtils.getInitializedMac(HmacAlgorithms.HMAC_SHA_256, salt.getBytes(StandardCharsets.UTF_8));
    }

    void add(List<String> key) {
        for (String part : key) {
            mac.update(part.getBytes(StandardCharsets.UTF_8));
            mac.update(BETWEEN_PARTS);
        }
        mac.update(BETWEEN_KEYS);
    }

    String hex() {
        return HexFormat.of().formatHex(mac.doFinal());
    }
}
