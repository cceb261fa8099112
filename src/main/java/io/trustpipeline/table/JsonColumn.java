package io.trustpipeline.table;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

import java.math.BigDecimal;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

/** What the values of one key have in common. Where no Parquet type holds them all exactly, their JSON is kept. */
enum JsonColumn {
    /** Only null so far; becomes a text column. */
    NOTHING,
    TEXT,
    BOOLEAN_VALUE,
    /** Integers that a double holds as well. */
    INTEGER,
    /** Integers of 64 bits. */
    LONG,
    /** Numbers that a double holds to the last digit. */
    NUMBER,
    /** Anything else: objects, arrays, mixtures, larger numbers. */
    JSON;

    private static final long LARGEST_EXACT = 1L << 53;

    static JsonColumn of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> NOTHING;
            case STRING -> TEXT;
            case BOOLEAN -> BOOLEAN_VALUE;
            case NUMBER -> number(value);
            case ARRAY, OBJECT, BINARY, POJO -> JSON;
        };
    }

    private static JsonColumn number(JsonNode value) {
        if (value.isIntegralNumber()) {
            if (!value.canConvertToLong()) {
                return JSON;
            }
            return Math.abs(value.longValue()) <= LARGEST_EXACT ? INTEGER : LONG;
        }
        double number = value.doubleValue();
        boolean exact = !Double.isInfinite(number) && BigDecimal.valueOf(number).compareTo(value.decimalValue()) == 0;
        return exact ? NUMBER : JSON;
    }

    JsonColumn and(JsonColumn other) {
        if (this == other || other == NOTHING) {
            return this;
        }
        return switch (this) {
            case NOTHING -> other;
            case INTEGER -> other == LONG || other == NUMBER ? other : JSON;
            case LONG, NUMBER -> other == INTEGER ? this : JSON;
            case TEXT, BOOLEAN_VALUE, JSON -> JSON;
        };
    }

    Type type(String name) {
        return switch (this) {
            case NOTHING, TEXT ->
                Types.optional(BINARY).as(LogicalTypeAnnotation.stringType()).named(name);
            case BOOLEAN_VALUE -> Types.optional(BOOLEAN).named(name);
            case INTEGER, LONG -> Types.optional(INT64).named(name);
            case NUMBER -> Types.optional(DOUBLE).named(name);
            case JSON ->
                Types.optional(BINARY).as(LogicalTypeAnnotation.jsonType()).named(name);
        };
    }
}
