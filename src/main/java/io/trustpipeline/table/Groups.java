package io.trustpipeline.table;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** What {@link Group} itself does not do: copy rows from one schema into another, and tell how large a row is. */
public final class Groups {
    /** About what an object with one number costs on the heap. */
    private static final long OBJECT_BYTES = 32;

    private Groups() {}

    /**
     * Copies every field of a row into the fields of the same positions of another, values untouched: text that is not
     * UTF-8, INT96 and decimals keep their bits. Nested groups are shared, not copied.
     *
     * @param to a row whose schema begins with the schema of {@code from}
     */
    public static void copy(Group from, Group to) {
        GroupType type = from.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            int repetitions = from.getFieldRepetitionCount(field);
            for (int index = 0; index < repetitions; index++) {
                copyValue(type.getType(field), from, to, field, index);
            }
        }
    }

    private static void copyValue(Type type, Group from, Group to, int field, int index) {
        if (!type.isPrimitive()) {
            to.add(field, from.getGroup(field, index));
            return;
        }
        switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> to.add(field, from.getInteger(field, index));
            case INT64 -> to.add(field, from.getLong(field, index));
            case BOOLEAN -> to.add(field, from.getBoolean(field, index));
            case FLOAT -> to.add(field, from.getFloat(field, index));
            case DOUBLE -> to.add(field, from.getDouble(field, index));
            case INT96 -> to.add(field, from.getInt96(field, index));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> to.add(field, from.getBinary(field, index));
        }
    }

    /** About how many bytes of heap a row takes. */
    static long bytes(Group row) {
        GroupType type = row.getType();
        long bytes = OBJECT_BYTES;
        for (int field = 0; field < type.getFieldCount(); field++) {
            int repetitions = row.getFieldRepetitionCount(field);
            for (int index = 0; index < repetitions; index++) {
                bytes += OBJECT_BYTES + payload(type.getType(field), row, field, index);
            }
        }
        return bytes;
    }

    private static long payload(Type type, Group row, int field, int index) {
        if (!type.isPrimitive()) {
            return bytes(row.getGroup(field, index));
        }
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case BINARY, FIXED_LEN_BYTE_ARRAY -> row.getBinary(field, index).length();
            case INT32, INT64, BOOLEAN, FLOAT, DOUBLE, INT96 -> 0;
        };
    }
}
