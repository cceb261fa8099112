package io.trustpipeline.score;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.zip.GZIPInputStream;

/** The unpacked bytes of a gzip file, cut off with an error when they become more than the limits allow. */
final class ArchiveStream extends FilterInputStream {
    /** Long names and extended headers are read into memory: that much of them, and no more. */
    private static final long HEADER_BYTES = 1 << 20;

    /** The archive asks for more than it may. */
    static final class LimitException extends IOException {
        private static final long serialVersionUID = 1L;

        LimitException(String message) {
            super(message);
        }
    }

    private final ArchiveLimits limits;
    private final PackedBytes packed;
    private long unpacked;
    private long headerEnd = Long.MAX_VALUE;

    private ArchiveStream(PackedBytes packed, ArchiveLimits limits) throws IOException {
        super(new BufferedInputStream(new GZIPInputStream(packed, 1 << 16), 1 << 16));
        this.packed = packed;
        this.limits = limits;
    }

    /** Reads the file's own bytes into the digest on the way. */
    static ArchiveStream open(InputStream file, MessageDigest digest, ArchiveLimits limits) throws IOException {
        return new ArchiveStream(new PackedBytes(new DigestInputStream(file, digest)), limits);
    }

    /** From here the header of an entry is read, not its content. */
    void beginHeader() {
        headerEnd = unpacked + HEADER_BYTES;
    }

    void endHeader() {
        headerEnd = Long.MAX_VALUE;
    }

    /** Reads what is left, so that the digest covers the whole file and gzip checks its sum. */
    void drain() throws IOException {
        byte[] buffer = new byte[1 << 16];
        int read = 0;
        while (read >= 0) {
            read = read(buffer, 0, buffer.length);
        }
        packed.drain(buffer);
    }

    @Override
    public int read() throws IOException {
        int value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws LimitException {
        unpacked += bytes;
        if (unpacked > limits.totalBytes()) {
            throw new LimitException("unpacks to more than %d bytes".formatted(limits.totalBytes()));
        }
        if (unpacked > ArchiveLimits.ANY_RATIO_BYTES && unpacked / limits.ratio() > packed.count) {
            throw new LimitException("unpacks to more than %d times its size".formatted(limits.ratio()));
        }
        if (unpacked > headerEnd) {
            throw new LimitException("has the header of an entry larger than %d bytes".formatted(HEADER_BYTES));
        }
    }

    /** Counts what is read of the file itself. */
    private static final class PackedBytes extends FilterInputStream {
        private long count;

        PackedBytes(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            count += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count += Math.max(read, 0);
            return read;
        }

        void drain(byte[] buffer) throws IOException {
            int read = 0;
            while (read >= 0) {
                read = super.read(buffer, 0, buffer.length);
            }
        }
    }
}
