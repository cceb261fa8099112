package io.trustpipeline.spacy.text;

import io.trustpipeline.spacy.ModelException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests of files. */
final class Digests {
    private Digests() {}

    /** SHA-256, in hex, of the files' bytes one after the other, each after its length, and of a text; a missing file counts as empty. */
    static String sha256(String text, Path... files) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : files) {
                byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException unreadable) {
            throw ModelException.corrupt(files[0].toString(), "cannot be read", unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
