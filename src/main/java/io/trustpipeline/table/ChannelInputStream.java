package io.trustpipeline.table;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A file from some position on. Many of them can share a channel, because none moves the channel's own position. */
final class ChannelInputStream extends InputStream {
    private final FileChannel channel;
    private long position;

    ChannelInputStream(FileChannel channel, long position) {
        this.channel = channel;
        this.position = position;
    }

    long position() {
        return position;
    }

    @Override
    public long skip(long count) {
        position += count;
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = channel.read(ByteBuffer.wrap(bytes, offset, length), position);
        position += Math.max(0, count);
        return count;
    }
}
