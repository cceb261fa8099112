package io.trustpipeline.table;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.JulianFields;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Parquet's values as people write them (Parquet format, "Logical Types"): dates and times by ISO 8601 with a blank between
 * them, instants in UTC, decimals with all their digits, bytes in hexadecimal unless they are said to be text.
 */
final class ValueText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter();
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(TIME)
            .toFormatter();

    private ValueText() {}

    static String of(PrimitiveType type, Group row, int field, int index) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> Boolean.toString(row.getBoolean(field, index));
            case FLOAT -> Float.toString(row.getFloat(field, index));
            case DOUBLE -> Double.toString(row.getDouble(field, index));
            case INT32 -> integer(logical, row.getInteger(field, index), true);
            case INT64 -> integer(logical, row.getLong(field, index), false);
            case INT96 -> int96(row.getInt96(field, index));
            case BINARY, FIXED_LEN_BYTE_ARRAY -> binary(logical, row.getBinary(field, index));
        };
    }

    private static String integer(@Nullable LogicalTypeAnnotation logical, long value, boolean narrow) {
        if (logical instanceof DateLogicalTypeAnnotation) {
            return LocalDate.ofEpochDay(value).toString();
        }
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return BigDecimal.valueOf(value, decimal.getScale()).toPlainString();
        }
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            return LocalTime.ofNanoOfDay(value * nanos(time.getUnit())).format(TIME);
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            long second = 1_000_000_000L / nanos(timestamp.getUnit());
            Instant instant = Instant.ofEpochSecond(
                    Math.floorDiv(value, second), Math.floorMod(value, second) * nanos(timestamp.getUnit()));
            return timestamp(instant) + (timestamp.isAdjustedToUTC() ? "+00" : "");
        }
        if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            return narrow ? Integer.toUnsignedString((int) value) : Long.toUnsignedString(value);
        }
        return Long.toString(value);
    }

    private static long nanos(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000_000;
            case MICROS -> 1_000;
            case NANOS -> 1;
        };
    }

    private static String timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).format(TIMESTAMP);
    }

    /** Nanoseconds of the day and the Julian day: what Impala and Spark wrote before there were timestamps. */
    private static String int96(Binary value) {
        ByteBuffer bytes = value.toByteBuffer().slice().order(ByteOrder.LITTLE_ENDIAN);
        long nanosOfDay = bytes.getLong();
        LocalDate day = LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, bytes.getInt());
        return timestamp(day.atStartOfDay(ZoneOffset.UTC).toInstant().plusNanos(nanosOfDay));
    }

    private static String binary(@Nullable LogicalTypeAnnotation logical, Binary value) {
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return new BigDecimal(new BigInteger(value.getBytes()), decimal.getScale()).toPlainString();
        }
        if (logical instanceof UUIDLogicalTypeAnnotation) {
            ByteBuffer bytes = value.toByteBuffer().slice();
            return new UUID(bytes.getLong(), bytes.getLong()).toString();
        }
        return logical == null ? HexFormat.of().formatHex(value.getBytes()) : value.toStringUsingUTF8();
    }
}
