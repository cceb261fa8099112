package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.score.ArchiveStream.LimitException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * Unpacks a {@code tar.gz} that nobody vouches for. Only files and folders come out, only below the target, and never
 * more than the limits allow; anything else refuses the whole archive, naming it and the entry.
 */
final class ModelArchive {
    /** What every file system takes as one name. */
    private static final int MAX_NAME = 255;

    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private final Path archive;
    private final Path target;
    private final ArchiveLimits limits;
    private final Set<Path> files = new HashSet<>();
    private final byte[] buffer = new byte[1 << 16];

    /** Unpacks into an empty folder; what a refusal leaves there is for the caller to remove. */
    ModelArchive(Path archive, Path target, ArchiveLimits limits) {
        this.archive = archive;
        this.target = target;
        this.limits = limits;
    }

    /**
     * Unpacks the archive, once.
     *
     * @return SHA-256 of the archive as it was read
     * @throws PipelineException {@code DATA_REFUSED} for the archive's faults, {@code UNAVAILABLE} for the disk's
     */
    String unpack() {
        MessageDigest digest = ModelDigest.sha256();
        try (ArchiveStream stream = ArchiveStream.open(Files.newInputStream(archive), digest, limits);
                TarArchiveInputStream tar = new TarArchiveInputStream(stream)) {
            int entries = 0;
            for (TarArchiveEntry entry = next(stream, tar); entry != null; entry = next(stream, tar)) {
                if (++entries > limits.entries()) {
                    throw refused("holds more than " + limits.entries() + " entries");
                }
                unpack(tar, entry);
            }
            if (entries == 0) {
                throw refused("holds no entry; is it a tar.gz?");
            }
            stream.drain();
            return ModelDigest.hex(digest);
        } catch (LimitException e) {
            throw refused("too large: it " + e.getMessage(), e);
        } catch (ZipException e) {
            throw refused("not a sound gzip file: " + e.getMessage(), e);
        } catch (EOFException e) {
            throw refused("cut short; fetch or pack it again", e);
        } catch (IOException | IllegalArgumentException e) {
            throw refused("not a sound tar.gz: " + e.getMessage(), e);
        }
    }

    private static @Nullable TarArchiveEntry next(ArchiveStream stream, TarArchiveInputStream tar) throws IOException {
        stream.beginHeader();
        TarArchiveEntry entry = tar.getNextEntry();
        stream.endHeader();
        return entry;
    }

    private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry) throws IOException {
        Path path = relative(entry).normalize();
        for (int names = 1; names < path.getNameCount(); names++) {
            if (files.contains(path.subpath(0, names))) {
                throw refused(entry, "lies inside a file");
            }
        }
        if (files.contains(path) || (!entry.isDirectory() && Files.exists(target.resolve(path)))) {
            throw refused(entry, "occurs twice");
        }
        if (entry.isDirectory()) {
            UnpackedFile.createFolder(target.resolve(path));
        } else {
            files.add(path);
            write(tar, entry, target.resolve(path));
        }
    }

    /** The entry's path with every name in it checked. */
    private Path relative(TarArchiveEntry entry) {
        byte kind = entry.getLinkFlag();
        boolean plain =
                kind == TarConstants.LF_NORMAL || kind == TarConstants.LF_OLDNORM || kind == TarConstants.LF_DIR;
        if (!plain || entry.isSparse()) {
            throw refused(entry, "is a " + kind(entry) + "; only files and folders are taken");
        }
        String name = entry.getName();
        if (name.startsWith("/")
                || name.indexOf('\\') >= 0
                || DRIVE.matcher(name).matches()) {
            throw refused(entry, "is not a relative path with forward slashes");
        }
        if (name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw refused(entry, "has a name that is too long or has control characters");
        }
        if (Arrays.asList(name.split("/")).contains("..")) {
            throw refused(entry, "leaves the archive");
        }
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw refused(entry, "has a name that this machine cannot write");
        }
    }

    private static String kind(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return "symbolic link";
        }
        if (entry.isLink()) {
            return "hard link";
        }
        if (entry.isCharacterDevice() || entry.isBlockDevice()) {
            return "device";
        }
        return entry.isFIFO() ? "pipe" : entry.isSparse() ? "sparse file" : "special entry";
    }

    private void write(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        try (UnpackedFile file = UnpackedFile.create(path)) {
            long size = 0;
            for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                size += read;
                if (size > limits.entryBytes()) {
                    throw refused(entry, "unpacks to more than " + limits.entryBytes() + " bytes");
                }
                file.write(ByteBuffer.wrap(buffer, 0, read));
            }
            file.complete();
        }
    }

    private PipelineException refused(TarArchiveEntry entry, String reason) {
        return refused("entry " + JsonFile.quoted(entry.getName()) + " " + reason);
    }

    private PipelineException refused(String reason) {
        return new PipelineException(ExitCode.DATA_REFUSED, archive + ": " + reason);
    }

    private PipelineException refused(String reason, Exception cause) {
        return new PipelineException(ExitCode.DATA_REFUSED, archive + ": " + reason, cause);
    }
}
