package io.trustpipeline.score;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Writes archives, friendly and hostile ones. */
public final class Tar implements AutoCloseable {
    private final TarArchiveOutputStream out;

    Tar(Path file) throws IOException {
        out = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), "UTF-8");
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
        out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
    }

    public static Path of(Path file, String... names) throws IOException {
        try (Tar tar = new Tar(file)) {
            for (String name : names) {
                tar.file(name, "content of " + name);
            }
        }
        return file;
    }

    /** An archive of everything below a folder, each path after the prefix. */
    public static Path ofFolder(Path file, Path folder, String prefix) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(Files::isRegularFile).toList();
        }
        try (Tar tar = new Tar(file)) {
            for (Path path : paths) {
                tar.file(prefix + folder.relativize(path), Files.readAllBytes(path));
            }
        }
        return file;
    }

    Tar file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Tar file(String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(content.length);
        out.putArchiveEntry(entry);
        out.write(content);
        out.closeArchiveEntry();
        return this;
    }

    /** A file of zeros, without keeping it in memory. */
    Tar zeros(String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name, true);
        entry.setSize(size);
        out.putArchiveEntry(entry);
        byte[] zeros = new byte[1 << 16];
        for (long left = size; left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
        out.closeArchiveEntry();
        return this;
    }

    /** An entry of another kind: a link, a device, a pipe. */
    Tar special(String name, byte kind, String linkName) {
        try {
            TarArchiveEntry entry = new TarArchiveEntry(name, kind, true);
            entry.setLinkName(linkName);
            out.putArchiveEntry(entry);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A GNU header that announces a name of so many bytes for the next entry. */
    Tar longName(int length) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
        entry.setSize(length);
        out.putArchiveEntry(entry);
        out.write("n".repeat(length).getBytes(StandardCharsets.US_ASCII));
        out.closeArchiveEntry();
        return this;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
