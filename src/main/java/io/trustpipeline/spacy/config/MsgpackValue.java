package io.trustpipeline.spacy.config;

import io.trustpipeline.spacy.ModelException;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A decoded msgpack value, in the dialect of srsly (msgpack-python with msgpack-numpy): numpy arrays and scalars are
 * already arrays and numbers. Containers know the file they came from, and their getters name it when something is
 * missing or of another type ({@link ModelException}).
 */
public sealed interface MsgpackValue
        permits FloatArray,
                NdArray,
                MsgpackValue.Nil,
                MsgpackValue.Bool,
                MsgpackValue.Int,
                MsgpackValue.Real,
                MsgpackValue.Text,
                MsgpackValue.Binary,
                MsgpackValue.Items,
                MsgpackValue.Fields {
    /** Null. */
    record Nil() implements MsgpackValue {}

    record Bool(boolean value) implements MsgpackValue {}

    /** An integer; those of 2^63 and more are here as the bits of the unsigned number. */
    record Int(long value) implements MsgpackValue {}

    record Real(double value) implements MsgpackValue {}

    record Text(String value) implements MsgpackValue {}

    /** Bytes; thinc packs a node's attributes as msgpack within such bytes. */
    @SuppressWarnings("ArrayRecordComponent")
    record Binary(String source, byte[] bytes) implements MsgpackValue {
        /** The value that these bytes are the msgpack form of. */
        public MsgpackValue decode() {
            return Msgpack.decode(bytes, source);
        }
    }

    /** A list. */
    record Items(String source, List<MsgpackValue> values) implements MsgpackValue {
        public int size() {
            return values.size();
        }

        public MsgpackValue get(int index) {
            return values.get(index);
        }

        public Fields fields(int index) {
            return as(Fields.class, values.get(index), source, "item " + index);
        }
    }

    /** A map; keys that are integers or bytes stand here as text. */
    record Fields(String source, Map<String, MsgpackValue> values) implements MsgpackValue {
        /** The value of a key, or null when the key is absent or its value is nil. */
        public @Nullable MsgpackValue find(String key) {
            MsgpackValue value = values.get(key);
            return value instanceof Nil ? null : value;
        }

        public Items items(String key) {
            return as(Items.class, required(key), source, key);
        }

        public Fields fields(String key) {
            return as(Fields.class, required(key), source, key);
        }

        public String text(String key) {
            return as(Text.class, required(key), source, key).value();
        }

        public long integer(String key) {
            return as(Int.class, required(key), source, key).value();
        }

        public double number(String key) {
            MsgpackValue value = required(key);
            return value instanceof Int whole
                    ? whole.value()
                    : as(Real.class, value, source, key).value();
        }

        public boolean flag(String key) {
            return as(Bool.class, required(key), source, key).value();
        }

        public FloatArray floats(String key) {
            return as(FloatArray.class, required(key), source, key);
        }

        private MsgpackValue required(String key) {
            MsgpackValue value = find(key);
            if (value == null) {
                throw ModelException.corrupt(source, "'" + key + "' is missing");
            }
            return value;
        }
    }

    private static <T extends MsgpackValue> T as(Class<T> type, MsgpackValue value, String source, String key) {
        if (!type.isInstance(value)) {
            throw ModelException.corrupt(
                    source,
                    "'" + key + "' should be " + type.getSimpleName() + ", not "
                            + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }
}
