package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.Msgpack;
import io.trustpipeline.spacy.config.MsgpackValue;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Steps through msgpack in mapped memory and hands out slices of it. The decoders in {@code config} copy what they read;
 * here a value may take up half of the machine's memory. Every size is checked against what is left.
 *
 * <p>Format: the msgpack specification, github.com/msgpack/msgpack/blob/master/spec.md.
 */
final class MsgpackSlices {

    private static final int MAX_NAME = 4096;

    private final ByteBuffer in;
    private final String source;

    MsgpackSlices(ByteBuffer bytes, String source) {
        this.in = bytes.slice();
        this.source = source;
    }

    /** Enters an array; the number of its items, which follow. */
    int arraySize() {
        int type = next();
        return switch (type) {
            case 0xdc -> checked(uint16(), 1);
            case 0xdd -> checked(uint32(), 1);
            default -> checked(fixed(type, 0x90, 0x0f, "an array"), 1);
        };
    }

    /** Enters a map; the number of its entries, which follow as key, value, key, value. */
    int mapSize() {
        int type = next();
        return switch (type) {
            case 0xde -> checked(uint16(), 2);
            case 0xdf -> checked(uint32(), 2);
            default -> checked(fixed(type, 0x80, 0x0f, "a map"), 2);
        };
    }

    /** A short text: the key of a map. */
    String name() {
        int type = next();
        long length =
                switch (type) {
                    case 0xd9 -> uint8();
                    case 0xda -> uint16();
                    case 0xdb -> uint32();
                    default -> fixed(type, 0xa0, 0x1f, "a text");
                };
        if (length > MAX_NAME) {
            throw corrupt("a name of " + length + " bytes");
        }
        return StandardCharsets.UTF_8.decode(take(length)).toString();
    }

    /** Bytes. */
    ByteBuffer binary() {
        int type = next();
        return take(
                switch (type) {
                    case 0xc4 -> uint8();
                    case 0xc5 -> uint16();
                    case 0xc6 -> uint32();
                    default -> throw corrupt("type " + Integer.toHexString(type) + " where bytes were expected");
                });
    }

    /** Where the last value ended. */
    int position() {
        return in.position();
    }

    /** The msgpack of the next value, of any type. */
    ByteBuffer value() {
        int from = in.position();
        for (long left = 1; left > 0; left--) {
            left += step();
        }
        return in.slice(from, in.position() - from);
    }

    /** The next value, decoded. */
    MsgpackValue decoded() {
        ByteBuffer value = value();
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return Msgpack.decode(bytes, source);
    }

    void expectEnd() {
        if (in.hasRemaining()) {
            throw corrupt(in.remaining() + " bytes follow the value");
        }
    }

    /** Steps over one value, or into a container; the number of values inside it. */
    private long step() {
        int type = next();
        if (type <= 0x7f || type >= 0xe0 || type == 0xc0 || type == 0xc2 || type == 0xc3) {
            return 0;
        }
        if (type <= 0x8f) {
            return checked(type & 0x0f, 2) * 2L;
        }
        if (type <= 0x9f) {
            return checked(type & 0x0f, 1);
        }
        if (type <= 0xbf) {
            return skip(type & 0x1f);
        }
        return switch (type) {
            case 0xc4, 0xd9 -> skip(uint8());
            case 0xc5, 0xda -> skip(uint16());
            case 0xc6, 0xdb -> skip(uint32());
            case 0xcc, 0xd0 -> skip(1);
            case 0xcd, 0xd1 -> skip(2);
            case 0xca, 0xce, 0xd2 -> skip(4);
            case 0xcb, 0xcf, 0xd3 -> skip(8);
            case 0xdc -> checked(uint16(), 1);
            case 0xdd -> checked(uint32(), 1);
            case 0xde -> checked(uint16(), 2) * 2L;
            case 0xdf -> checked(uint32(), 2) * 2L;
            default -> throw corrupt("type " + Integer.toHexString(type) + ", which spaCy does not write");
        };
    }

    private long skip(long length) {
        take(length);
        return 0;
    }

    private ByteBuffer take(long length) {
        int size = checked(length, 1);
        ByteBuffer slice = in.slice(in.position(), size);
        in.position(in.position() + size);
        return slice;
    }

    private int fixed(int type, int marker, int mask, String expected) {
        if ((type & ~mask) != marker) {
            throw corrupt("type " + Integer.toHexString(type) + " where " + expected + " was expected");
        }
        return type & mask;
    }

    private int next() {
        return (int) uint8();
    }

    private long uint8() {
        try {
            return Byte.toUnsignedInt(in.get());
        } catch (BufferUnderflowException early) {
            throw corrupt("the end of the file");
        }
    }

    private long uint16() {
        return uint8() << 8 | uint8();
    }

    private long uint32() {
        return uint16() << 16 | uint16();
    }

    private int checked(long size, int bytesEach) {
        if (size * bytesEach > in.remaining()) {
            throw corrupt("a size of " + size + ", more than the rest of the file");
        }
        return (int) size;
    }

    private ModelException corrupt(String what) {
        return ModelException.corrupt(source, "damaged msgpack at byte " + in.position() + ": " + what);
    }
}
