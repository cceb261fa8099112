package io.trustpipeline.score;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is being unpacked. Its errors are the disk's, and so kept apart from the archive's. */
record UnpackedFile(Path path, FileChannel channel) implements AutoCloseable {
    static UnpackedFile create(Path path) {
        try {
            Files.createDirectories(path.getParent());
            return new UnpackedFile(
                    path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    static void createFolder(Path path) {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    void write(ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    /** Waits for the disk: a cached model outlives a power cut whole or not at all. */
    void complete() {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unwritable(path, e);
        }
    }

    private static PipelineException unwritable(Path path, IOException cause) {
        return new PipelineException(ExitCode.UNAVAILABLE, path + ": cannot be written: " + cause.getMessage(), cause);
    }
}
