package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A stretch of a file: as mapped memory, and where it lies in the file, so that all of it can also be read without
 * bringing all of it into this process's memory for good.
 *
 * @param file null when the bytes are of no file
 * @param offset where in the file the bytes begin
 */
record FileSlice(ByteBuffer bytes, @Nullable Path file, long offset) {

    private static final int CHUNK = 1 << 20;

    /** Every user of the bytes gets a position of its own. */
    @Override
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** Bytes that lie in no file. */
    static FileSlice of(ByteBuffer bytes) {
        return new FileSlice(bytes.slice(), null, 0);
    }

    /**
     * The whole of a file.
     *
     * @throws ModelException when it is missing or larger than 2 GiB
     */
    static FileSlice map(Path file) {
        String source = file.toString();
        if (Files.isDirectory(file)) {
            throw ModelException.unsupported(source, "is a folder, expected a file");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw ModelException.unsupported(
                        source, channel.size() + " bytes; models of up to 2 GiB are supported");
            }
            return new FileSlice(channel.map(MapMode.READ_ONLY, 0, channel.size()), file, 0);
        } catch (IOException unreadable) {
            throw ModelException.corrupt(source, "cannot be read", unreadable);
        }
    }

    /** A part of this slice whose end is known. */
    FileSlice endingAt(ByteBuffer part, int end) {
        return new FileSlice(part, file, offset + end - part.remaining());
    }

    /** SHA-256 in lower case hexadecimal. */
    String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            if (file == null) {
                digest.update(bytes());
            } else {
                read(file, digest);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private void read(Path from, MessageDigest digest) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        try (FileChannel channel = FileChannel.open(from)) {
            for (long at = 0; at < bytes.limit(); at += chunk.limit()) {
                chunk.clear().limit((int) Math.min(CHUNK, bytes.limit() - at));
                while (chunk.hasRemaining()) {
                    if (channel.read(chunk, offset + at + chunk.position()) < 0) {
                        throw ModelException.corrupt(from.toString(), "became shorter while it was read");
                    }
                }
                digest.update(chunk.flip());
            }
        } catch (IOException unreadable) {
            throw ModelException.corrupt(from.toString(), "cannot be read", unreadable);
        }
    }
}
