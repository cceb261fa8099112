package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import io.trustpipeline.spacy.KnownDigests;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Unpacked model archives, each in a folder named after the SHA-256 of its archive. A folder of that name is always
 * complete: archives are unpacked beside it and moved there in one step. Any number of threads and processes may share
 * a cache; one unpacks at a time. An archive that has not changed is not read again ({@link KnownDigests}).
 */
public final class ModelCache {
    /** File locks do not hold between the threads of one JVM. */
    private static final Object THREADS = new Object();

    private final Path folder;
    private final ArchiveLimits limits;

    public ModelCache(Path folder, ArchiveLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    /**
     * The folder with the archive's content, which must not be changed.
     *
     * @throws PipelineException {@code DATA_REFUSED} when the archive cannot be used, {@code UNAVAILABLE} when the
     *     cache cannot be written
     */
    public Path unpacked(Path archive) {
        String digest = digest(archive);
        Path target = folder.resolve(digest);
        if (Files.isDirectory(target)) {
            return target;
        }
        synchronized (THREADS) {
            try {
                Files.createDirectories(folder);
                try (FileChannel channel = FileChannel.open(
                                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (lock.isValid() && !Files.isDirectory(target)) {
                        unpack(archive, digest, target);
                    }
                }
            } catch (IOException e) {
                throw new PipelineException(ExitCode.UNAVAILABLE, folder + ": cannot be written: " + e.getMessage(), e);
            }
        }
        return target;
    }

    /** Where everything is kept. */
    Path folder() {
        return folder;
    }

    /** Where the engine keeps the weights of transformers in the order in which it reads them. */
    Path weights() {
        return folder.resolve("weights");
    }

    private String digest(Path archive) {
        try {
            return new KnownDigests(folder.resolve("digests"))
                    .digest("archive", List.of(archive), () -> ModelDigest.ofFile(archive));
        } catch (IOException e) {
            throw new PipelineException(ExitCode.DATA_REFUSED, archive + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void unpack(Path archive, String digest, Path target) throws IOException {
        Path partial = folder.resolve(digest + ".partial");
        delete(partial);
        Files.createDirectory(partial);
        try {
            if (!new ModelArchive(archive, partial, limits).unpack().equals(digest)) {
                throw new PipelineException(
                        ExitCode.DATA_REFUSED, archive + ": changed while it was read; start again");
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(partial);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(folder)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
