package io.trustpipeline.transcripts.read;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The physical lines of a UTF-8 file, ended by LF, CR LF or CR. A byte order mark is dropped; another encoding is
 * refused with the first line that shows it.
 */
final class SourceLines implements Closeable {
    private static final int END = -1;

    private final Path file;
    private final InputStream bytes;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private int number;

    SourceLines(Path file) {
        this.file = file;
        try {
            this.bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            bytes.mark(3);
            byte[] mark = bytes.readNBytes(3);
            if (starts(mark, 0xFF, 0xFE) || starts(mark, 0xFE, 0xFF)) {
                throw Refusal.of(file, 1, "the text is UTF-16; save the file as UTF-8");
            }
            if (!starts(mark, 0xEF, 0xBB, 0xBF)) {
                bytes.reset();
            }
        } catch (IOException e) {
            throw Refusal.unreadable(file, e);
        }
    }

    private static boolean starts(byte[] found, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (i >= found.length || (found[i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** The next line, null at the end; a line end at the end of the file begins no other line. */
    @Nullable
    SourceLine next() {
        try {
            ByteArrayOutputStream line = new ByteArrayOutputStream(256);
            int next = bytes.read();
            if (next == END) {
                return null;
            }
            number++;
            while (next != END && next != '\n' && next != '\r') {
                line.write(next);
                next = bytes.read();
            }
            if (next == '\r') {
                skipLineFeed();
            }
            return new SourceLine(number, decode(line.toByteArray()));
        } catch (IOException e) {
            throw Refusal.unreadable(file, e);
        }
    }

    private void skipLineFeed() throws IOException {
        bytes.mark(1);
        int next = bytes.read();
        if (next != '\n' && next != END) {
            bytes.reset();
        }
    }

    private String decode(byte[] line) {
        try {
            return decoder.decode(ByteBuffer.wrap(line)).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.of(file, number, "the text is not UTF-8; save the file as UTF-8");
        }
    }

    @Override
    public void close() {
        try {
            bytes.close();
        } catch (IOException e) {
            // What was read stays right.
        }
    }
}
