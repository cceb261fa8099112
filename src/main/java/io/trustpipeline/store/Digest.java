package io.trustpipeline.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** A SHA-256 in the two spellings S3 wants: hex in metadata, Base64 in the checksum header. */
record Digest(String hex) {

    static Digest of(byte[] bytes) {
        return of(sha256(), bytes);
    }

    static Digest of(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return of(sha256);
    }

    /** Ends the computation. */
    static Digest of(MessageDigest computed) {
        return new Digest(HexFormat.of().formatHex(computed.digest()));
    }

    private static Digest of(MessageDigest sha256, byte[] bytes) {
        sha256.update(bytes);
        return of(sha256);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("Every Java platform has SHA-256", absent);
        }
    }

    String base64() {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }
}
