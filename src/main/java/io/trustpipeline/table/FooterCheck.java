package io.trustpipeline.table;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Looks at the last eight bytes of a Parquet file (footer length, "PAR1") before anything is allocated, and says in
 * plain words what is wrong with a file that is cut short or something else.
 */
final class FooterCheck {
    private static final int TAIL_BYTES = 8;
    private static final int MAGIC_BYTES = 4;
    /** The footer is held whole; real ones take a few kilobytes a row group. */
    private static final int MAX_FOOTER_BYTES = 64 << 20;

    private FooterCheck() {}

    static void check(FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < MAGIC_BYTES + TAIL_BYTES) {
            throw new EOFException("it has " + size + " bytes");
        }
        String head = magic(read(channel, 0, MAGIC_BYTES));
        ByteBuffer tail = read(channel, size - TAIL_BYTES, TAIL_BYTES);
        int footerBytes = tail.order(ByteOrder.LITTLE_ENDIAN).getInt();
        String end = magic(tail);
        if (end.equals("PARE")) {
            throw new IOException("it is encrypted");
        }
        if (!head.equals("PAR1")) {
            throw new IOException("it does not begin with PAR1");
        }
        if (!end.equals("PAR1")) {
            throw new EOFException("it does not end with PAR1, so it was cut short");
        }
        if (footerBytes < 0 || footerBytes > size - TAIL_BYTES - MAGIC_BYTES || footerBytes > MAX_FOOTER_BYTES) {
            throw new IOException("its footer claims " + Integer.toUnsignedString(footerBytes) + " bytes");
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("it became shorter while it was read");
            }
        }
        return bytes.flip();
    }

    private static String magic(ByteBuffer bytes) {
        byte[] magic = new byte[MAGIC_BYTES];
        bytes.get(magic);
        return new String(magic, StandardCharsets.ISO_8859_1);
    }
}
