package io.trustpipeline.score;

import io.trustpipeline.spacy.KnownDigests;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * SHA-256 in hexadecimal. Of a model: over every file of its pipeline folder in the order of their relative paths, each
 * as the length of its path in UTF-8, the path, the length of its content, the content. So a folder and an archive of it
 * have the same digest, whatever the archive's name, order or times.
 */
public final class ModelDigest {
    private static final int BUFFER_BYTES = 1 << 16;

    private ModelDigest() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    static String ofFile(Path file) throws IOException {
        MessageDigest digest = sha256();
        update(digest, file);
        return hex(digest);
    }

    public static String ofPipeline(Path folder) throws IOException {
        MessageDigest digest = sha256();
        for (Map.Entry<String, Path> file : files(folder).entrySet()) {
            byte[] path = file.getKey().getBytes(StandardCharsets.UTF_8);
            digest.update(length(path.length));
            digest.update(path);
            digest.update(length(Files.size(file.getValue())));
            update(digest, file.getValue());
        }
        return hex(digest);
    }

    /** The same, without reading a folder that has not changed since {@code known} last saw it. */
    static String ofPipeline(Path folder, KnownDigests known) throws IOException {
        return known.digest(
                "pipeline " + folder.toAbsolutePath(), List.copyOf(files(folder).values()), () -> ofPipeline(folder));
    }

    private static Map<String, Path> files(Path folder) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            walk.filter(Files::isRegularFile)
                    .forEach(
                            file -> files.put(folder.relativize(file).toString().replace('\\', '/'), file));
        }
        return files;
    }

    private static byte[] length(long length) {
        return ByteBuffer.allocate(Long.BYTES).putLong(length).array();
    }

    private static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }
}
