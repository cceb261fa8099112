package io.trustpipeline.spacy.transformer.state;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What PyTorch keeps in a storage. Whatever it is, this engine computes with it as float32. */
enum ElementType {
    FLOAT("FloatStorage", 4) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return bytes.getFloat(at);
        }
    },
    DOUBLE("DoubleStorage", 8) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return (float) bytes.getDouble(at);
        }
    },
    HALF("HalfStorage", 2) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return widenHalf(bytes.getShort(at));
        }
    },
    BFLOAT16("BFloat16Storage", 2) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return Float.intBitsToFloat(bytes.getShort(at) << 16);
        }
    },
    LONG("LongStorage", 8) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return bytes.getLong(at);
        }
    },
    INT("IntStorage", 4) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return bytes.getInt(at);
        }
    },
    SHORT("ShortStorage", 2) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return bytes.getShort(at);
        }
    },
    CHAR("CharStorage", 1) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return bytes.get(at);
        }
    },
    BYTE("ByteStorage", 1) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return Byte.toUnsignedInt(bytes.get(at));
        }
    },
    BOOL("BoolStorage", 1) {
        @Override
        float get(ByteBuffer bytes, int at) {
            return bytes.get(at) == 0 ? 0 : 1;
        }
    };

    private static final Map<String, ElementType> BY_CLASS =
            Arrays.stream(values()).collect(Collectors.toMap(type -> type.className, Function.identity()));

    private final String className;
    private final int bytes;

    ElementType(String className, int bytes) {
        this.className = className;
        this.bytes = bytes;
    }

    /** The type of a storage class of the module {@code torch}, such as {@code FloatStorage}. */
    static Optional<ElementType> of(String className) {
        return Optional.ofNullable(BY_CLASS.get(className));
    }

    /** Bytes of an element. */
    int bytes() {
        return bytes;
    }

    /** The element at a byte offset. */
    abstract float get(ByteBuffer bytes, int at);

    /** IEEE 754 binary16; every value of it is a float32. */
    static float widenHalf(short half) {
        int exponent = half >> 10 & 0x1f;
        int fraction = half & 0x3ff;
        float magnitude =
                switch (exponent) {
                    case 0 -> fraction * 0x1p-24f;
                    case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
                    default -> Float.intBitsToFloat(exponent + 127 - 15 << 23 | fraction << 13);
                };
        return half < 0 ? -magnitude : magnitude;
    }
}
