package io.trustpipeline.spacy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Digests of large files, remembered with what the file system says of the files: path, size, inode, and the times of the last
 * change of content and of inode, the latter of which no program can set. Where all of that is as it was, the content is taken
 * to be, and is not read again. A digest that cannot be remembered safely is not: that of a file changed less than two seconds
 * before it was read, whose next change might get the same time, and any on a file system without these values.
 *
 * <p>Entries are small files, written under another name first; threads and processes may share the folder.
 *
 * @param folder created when absent
 */
public record KnownDigests(Path folder, InstantSource clock) {

    private static final Duration SETTLED = Duration.ofSeconds(2);
    private static final String ATTRIBUTES = "unix:size,ino,dev,lastModifiedTime,ctime";

    /** With the machine's clock. */
    public KnownDigests(Path folder) {
        this(folder, InstantSource.system());
    }

    /** Takes a digest by reading the files. */
    @FunctionalInterface
    public interface Digesting {
        String digest() throws IOException;
    }

    /** What the file system says of some files, and when it last changed. */
    private record Stamp(String digest, Instant changed) {}

    /**
     * The digest of files: the one remembered, or else the one taken now.
     *
     * @param kind what is digested how; digests of other kinds are others
     * @param files all that the digest depends on
     * @throws IOException when the files cannot be read; that nothing can be remembered is no error
     */
    public String digest(String kind, List<Path> files, Digesting digesting) throws IOException {
        Optional<Stamp> before = stamp(kind, files);
        if (before.isEmpty()) {
            return digesting.digest();
        }
        Path entry = folder.resolve(sha256(kind + "\0" + files.get(0).toAbsolutePath()) + ".digest");
        Optional<String> known = read(entry, before.get());
        if (known.isPresent()) {
            return known.get();
        }
        boolean settled = before.get().changed.isBefore(clock.instant().minus(SETTLED));
        String digest = digesting.digest();
        if (settled && before.equals(stamp(kind, files))) {
            write(entry, before.get(), digest);
        }
        return digest;
    }

    private static Optional<Stamp> stamp(String kind, List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder all = new StringBuilder(kind);
        Instant changed = Instant.MIN;
        for (Path file : files) {
            if (!Files.getFileStore(file).supportsFileAttributeView("unix")) {
                return Optional.empty();
            }
            Map<String, Object> values = Files.readAttributes(file, ATTRIBUTES);
            all.append('\0').append(file.toAbsolutePath());
            for (String name : List.of("size", "ino", "dev", "lastModifiedTime", "ctime")) {
                Object value = values.get(name);
                if (value instanceof FileTime time) {
                    Instant instant = time.toInstant();
                    changed = instant.isAfter(changed) ? instant : changed;
                    value = instant;
                }
                all.append(' ').append(value);
            }
        }
        return Optional.of(new Stamp(sha256(all.toString()), changed));
    }

    private static Optional<String> read(Path entry, Stamp stamp) {
        try {
            String[] words = Files.readString(entry, StandardCharsets.US_ASCII).split(" ", -1);
            boolean same = words.length == 2 && words[0].equals(stamp.digest);
            return same ? Optional.of(words[1]) : Optional.empty();
        } catch (IOException absentOrDamaged) {
            return Optional.empty();
        }
    }

    private void write(Path entry, Stamp stamp, String digest) {
        try {
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "", ".partial");
            try {
                Files.writeString(partial, stamp.digest + " " + digest, StandardCharsets.US_ASCII);
                Files.move(partial, entry, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException notRemembered) {
            // The digest is right all the same; the next process takes it again.
        }
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
