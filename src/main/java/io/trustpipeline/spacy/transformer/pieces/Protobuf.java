package io.trustpipeline.spacy.transformer.pieces;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The fields of one protocol buffers message, one after the other; see <a
 * href="https://protobuf.dev/programming-guides/encoding/">the encoding</a>. Fields of other messages inside are slices, not
 * copies. Damage shows as an {@link IllegalArgumentException}.
 */
final class Protobuf {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;

    private final ByteBuffer in;
    private int field;
    private int wireType;
    private long number;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    Protobuf(ByteBuffer message) {
        in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Moves to the next field; false at the end. */
    boolean next() {
        if (!in.hasRemaining()) {
            return false;
        }
        long key = varint();
        field = (int) (key >>> 3);
        wireType = (int) (key & 7);
        switch (wireType) {
            case VARINT -> number = varint();
            case FIXED_64 -> number = fixed(Long.BYTES).getLong();
            case FIXED_32 -> number = fixed(Integer.BYTES).getInt();
            case BYTES -> bytes = slice(varint());
            default -> throw new IllegalArgumentException("field " + field + " is of wire type " + wireType);
        }
        return true;
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** The value of an integer, an enumeration or a flag. */
    long number() {
        return of(VARINT, number);
    }

    /** The value of a float. */
    float real() {
        return Float.intBitsToFloat(of(FIXED_32, number).intValue());
    }

    /** The value of bytes or of a message. */
    ByteBuffer bytes() {
        return of(BYTES, bytes);
    }

    /** The value of a text. */
    String text() {
        return StandardCharsets.UTF_8.decode(bytes().duplicate()).toString();
    }

    private <T> T of(int expected, T value) {
        if (wireType != expected) {
            throw new IllegalArgumentException("field " + field + " is of wire type " + wireType + ", not " + expected);
        }
        return value;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number has no end");
    }

    private ByteBuffer fixed(int size) {
        return slice(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer slice(long size) {
        if (size < 0 || size > in.remaining()) {
            throw new IllegalArgumentException("a field of " + size + " bytes where " + in.remaining() + " are left");
        }
        ByteBuffer slice = in.slice(in.position(), (int) size);
        in.position(in.position() + (int) size);
        return slice;
    }
}
