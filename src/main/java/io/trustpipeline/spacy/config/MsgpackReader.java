package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;
import org.msgpack.core.MessageFormat;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePackException;
import org.msgpack.core.MessageUnpacker;
import org.msgpack.value.ValueType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Steps through msgpack, for tables too large to decode into objects. Every size is checked against the bytes that are
 * left before anything is allocated. For one thread.
 */
public final class MsgpackReader {
    private final MessageUnpacker in;
    private final long length;
    private final String source;

    private MsgpackReader(byte[] bytes, String source) {
        this.in = MessagePack.newDefaultUnpacker(bytes);
        this.length = bytes.length;
        this.source = source;
    }

    /**
     * Opens a file.
     *
     * @throws ModelException when it cannot be read
     */
    public static MsgpackReader open(Path file) {
        try {
            return new MsgpackReader(Files.readAllBytes(file), file.toString());
        } catch (IOException | OutOfMemoryError unreadable) {
            throw ModelException.corrupt(file.toString(), "cannot be read", unreadable);
        }
    }

    /** Reads bytes; {@code source} names them in errors. */
    public static MsgpackReader of(byte[] bytes, String source) {
        return new MsgpackReader(bytes, source);
    }

    /** The name of what is read, for errors. */
    public String source() {
        return source;
    }

    /** Whether all bytes are read. */
    public boolean atEnd() {
        return in.getTotalReadBytes() >= length;
    }

    void expectEnd() {
        if (!atEnd()) {
            throw ModelException.corrupt(source, (length - in.getTotalReadBytes()) + " bytes follow the msgpack value");
        }
    }

    /** The type of the next value, which stays unread. */
    public ValueType nextType() {
        return step(() -> in.getNextFormat().getValueType());
    }

    public void nil() {
        step(() -> {
            in.unpackNil();
            return true;
        });
    }

    public boolean bool() {
        return step(in::unpackBoolean);
    }

    /** An integer; those of 2^63 and more come as the bits of the unsigned number. */
    public long integer() {
        return step(() -> in.getNextFormat() == MessageFormat.UINT64
                ? in.unpackBigInteger().longValue()
                : in.unpackLong());
    }

    public double real() {
        return step(in::unpackDouble);
    }

    public String text() {
        byte[] utf8 = step(() -> in.readPayload(available(in.unpackRawStringHeader(), 1)));
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException malformed) {
            throw ModelException.corrupt(source, "a msgpack string is not UTF-8", malformed);
        }
    }

    public byte[] binary() {
        return step(() -> in.readPayload(available(in.unpackBinaryHeader(), 1)));
    }

    /** Enters an array; its number of items, which follow. */
    public int arraySize() {
        return step(() -> available(in.unpackArrayHeader(), 1));
    }

    /** Enters a map; its number of entries, which follow as key, value, key, value. */
    public int mapSize() {
        return step(() -> available(in.unpackMapHeader(), 2));
    }

    /** Steps over a value of any type and depth. */
    public void skip() {
        long left = 1;
        while (left > 0) {
            left--;
            switch (nextType()) {
                case ARRAY -> left += arraySize();
                case MAP -> left += 2L * mapSize();
                default ->
                    step(() -> {
                        in.skipValue();
                        return true;
                    });
            }
        }
    }

    private int available(int size, int bytesEach) throws IOException {
        if (size < 0 || (long) size * bytesEach > length - in.getTotalReadBytes()) {
            throw new IOException("a size of " + Integer.toUnsignedString(size) + " is more than the rest of the file");
        }
        return size;
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    private <T> T step(Step<T> step) {
        try {
            return step.take();
        } catch (IOException | MessagePackException damaged) {
            throw ModelException.corrupt(
                    source, "damaged msgpack at byte " + in.getTotalReadBytes() + ": " + damaged.getMessage(), damaged);
        }
    }
}
