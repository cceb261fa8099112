package io.trustpipeline.table;

import com.fasterxml.jackson.core.JsonGenerator;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

import java.io.IOException;

/**
 * Rows as JSON objects: numbers and truth values as they are, JSON columns as JSON, lists as arrays, maps and groups as
 * objects, all else as {@link ValueText} writes it. What is NULL is null.
 */
final class JsonRows {
    private JsonRows() {}

    static void write(JsonGenerator json, Group row) throws IOException {
        GroupType type = row.getType();
        json.writeStartObject();
        for (int field = 0; field < type.getFieldCount(); field++) {
            json.writeFieldName(type.getFieldName(field));
            writeField(json, row, field);
        }
        json.writeEndObject();
    }

    /** One field of a row: a value, null, or an array when it is repeated. */
    static void writeField(JsonGenerator json, Group row, int field) throws IOException {
        Type type = row.getType().getType(field);
        int count = row.getFieldRepetitionCount(field);
        if (type.isRepetition(Repetition.REPEATED)) {
            json.writeStartArray();
            for (int index = 0; index < count; index++) {
                writeValue(json, type, row, field, index);
            }
            json.writeEndArray();
        } else if (count == 0) {
            json.writeNull();
        } else {
            writeValue(json, type, row, field, 0);
        }
    }

    private static void writeValue(JsonGenerator json, Type type, Group row, int field, int index) throws IOException {
        if (type.isPrimitive()) {
            writePrimitive(json, type.asPrimitiveType(), row, field, index);
            return;
        }
        Group value = row.getGroup(field, index);
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof ListLogicalTypeAnnotation) {
            writeList(json, value);
        } else if (logical instanceof MapLogicalTypeAnnotation) {
            writeMap(json, value);
        } else {
            write(json, value);
        }
    }

    /** Three levels, as the format wants them, or two, as old writers have them ("Lists, backward compatibility"). */
    private static void writeList(JsonGenerator json, Group list) throws IOException {
        Type repeated = list.getType().getType(0);
        boolean threeLevels = !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && !repeated.getName().equals("array")
                && !repeated.getName().endsWith("_tuple");
        if (!threeLevels) {
            writeField(json, list, 0);
            return;
        }
        json.writeStartArray();
        for (int index = 0; index < list.getFieldRepetitionCount(0); index++) {
            writeField(json, list.getGroup(0, index), 0);
        }
        json.writeEndArray();
    }

    private static void writeMap(JsonGenerator json, Group map) throws IOException {
        json.writeStartObject();
        for (int index = 0; index < map.getFieldRepetitionCount(0); index++) {
            Group entry = map.getGroup(0, index);
            Type key = entry.getType().getType(0);
            json.writeFieldName(
                    key.isPrimitive()
                            ? ValueText.of(key.asPrimitiveType(), entry, 0, 0)
                            : entry.getGroup(0, 0).toString());
            writeField(json, entry, 1);
        }
        json.writeEndObject();
    }

    private static void writePrimitive(JsonGenerator json, PrimitiveType type, Group row, int field, int index)
            throws IOException {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        boolean plain = logical == null || logical instanceof IntLogicalTypeAnnotation;
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> json.writeBoolean(row.getBoolean(field, index));
            case FLOAT -> json.writeNumber(row.getFloat(field, index));
            case DOUBLE -> json.writeNumber(row.getDouble(field, index));
            case INT32, INT64 -> {
                String text = ValueText.of(type, row, field, index);
                if (plain) {
                    json.writeNumber(text);
                } else {
                    json.writeString(text);
                }
            }
            case INT96, BINARY, FIXED_LEN_BYTE_ARRAY -> {
                String text = ValueText.of(type, row, field, index);
                if (logical instanceof JsonLogicalTypeAnnotation) {
                    json.writeRawValue(text);
                } else {
                    json.writeString(text);
                }
            }
        }
    }
}
