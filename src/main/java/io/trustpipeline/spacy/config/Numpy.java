package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.config.MsgpackValue.Binary;
import io.trustpipeline.spacy.config.MsgpackValue.Bool;
import io.trustpipeline.spacy.config.MsgpackValue.Fields;
import io.trustpipeline.spacy.config.MsgpackValue.Int;
import io.trustpipeline.spacy.config.MsgpackValue.Items;
import io.trustpipeline.spacy.config.MsgpackValue.Real;
import io.trustpipeline.spacy.config.MsgpackValue.Text;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The maps by which msgpack-numpy stands for arrays and scalars. */
final class Numpy {
    private Numpy() {}

    static MsgpackValue value(Fields map) {
        String type = type(map);
        byte[] data = data(map);
        if (map.find("nd") instanceof Bool array && !array.value()) {
            return scalar(map.source(), type, data);
        }
        int[] shape = shape(map);
        long elements = Npy.elements(shape, map.source());
        int width = Npy.width(type, map.source());
        if (elements * width != data.length) {
            throw ModelException.corrupt(
                    map.source(), "an array of " + elements + " x " + width + " bytes has " + data.length + " bytes");
        }
        return type.equals("<f4") ? new FloatArray(shape, floats(data)) : new NdArray(type, shape, data);
    }

    static float[] floats(byte[] data) {
        float[] floats = new float[data.length / Float.BYTES];
        ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
        return floats;
    }

    private static MsgpackValue scalar(String source, String type, byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        if (data.length != Npy.width(type, source)) {
            throw ModelException.corrupt(source, "a numpy scalar " + type + " has " + data.length + " bytes");
        }
        return switch (type) {
            case "<f4" -> new Real(bytes.getFloat());
            case "<f8" -> new Real(bytes.getDouble());
            case "<i4" -> new Int(bytes.getInt());
            case "<i8", "<u8" -> new Int(bytes.getLong());
            case "|b1" -> new Bool(bytes.get() != 0);
            default -> throw ModelException.unsupported(source, "numpy scalar of type " + type);
        };
    }

    private static String type(Fields map) {
        if (map.find("type") instanceof Text text) {
            return text.value();
        }
        if (map.find("type") instanceof Binary binary) {
            return new String(binary.bytes(), StandardCharsets.US_ASCII);
        }
        throw ModelException.unsupported(map.source(), "a numpy array of a structured type");
    }

    private static byte[] data(Fields map) {
        if (map.find("data") instanceof Binary binary) {
            return binary.bytes();
        }
        throw ModelException.corrupt(map.source(), "a numpy array has no data");
    }

    private static int[] shape(Fields map) {
        Items items = map.items("shape");
        int[] shape = new int[items.size()];
        for (int dimension = 0; dimension < shape.length; dimension++) {
            if (!(items.get(dimension) instanceof Int extent)
                    || extent.value() < 0
                    || extent.value() > Integer.MAX_VALUE) {
                throw ModelException.corrupt(map.source(), "a numpy shape holds " + items.get(dimension));
            }
            shape[dimension] = (int) extent.value();
        }
        return shape;
    }
}
