package io.trustpipeline.export;

import io.trustpipeline.run.ExitCode;
import io.trustpipeline.run.PipelineException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.PrimitiveType;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.util.Locale;

import static org.apache.parquet.schema.LogicalTypeAnnotation.dateType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.uuidType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

/**
 * A column of a query's result and how its values become Parquet's, exactly: nothing is rounded, and no time zone of this
 * machine touches a date.
 *
 * @param index the column's position, from 1
 * @param type its Parquet type, always optional
 */
record JdbcColumn(int index, String name, PrimitiveType type, JdbcValue value) {
    private static final int INT32_DIGITS = 9;
    private static final int INT64_DIGITS = 18;
    private static final int DECIMAL_DIGITS = 38;
    private static final int UUID_BYTES = 16;

    /** @throws PipelineException DATA_REFUSED when Parquet has no type that keeps the values */
    static JdbcColumn of(ResultSetMetaData result, int index) throws SQLException {
        String name = result.getColumnLabel(index);
        String typeName = result.getColumnTypeName(index).toLowerCase(Locale.ROOT);
        int jdbcType = typeName.equals("timestamptz") ? Types.TIMESTAMP_WITH_TIMEZONE : result.getColumnType(index);
        return switch (jdbcType) {
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.NCHAR, Types.NVARCHAR, Types.LONGNVARCHAR ->
                column(index, name, optional(BINARY).as(stringType()), JdbcValue.TEXT);
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER -> column(index, name, optional(INT32), JdbcValue.INT);
            case Types.BIGINT -> column(index, name, optional(INT64), JdbcValue.LONG);
            case Types.REAL -> column(index, name, optional(FLOAT), JdbcValue.FLOAT);
            case Types.FLOAT, Types.DOUBLE -> column(index, name, optional(DOUBLE), JdbcValue.DOUBLE);
            case Types.NUMERIC, Types.DECIMAL -> decimal(result, index, name);
            case Types.BOOLEAN -> column(index, name, optional(BOOLEAN), JdbcValue.BOOLEAN);
            case Types.BIT -> {
                if (!typeName.startsWith("bool") && result.getPrecision(index) != 1) {
                    throw unsupported(name, typeName);
                }
                yield column(index, name, optional(BOOLEAN), JdbcValue.BOOLEAN);
            }
            case Types.DATE -> column(index, name, optional(INT32).as(dateType()), JdbcValue.DATE);
            case Types.TIMESTAMP ->
                column(index, name, optional(INT64).as(timestampType(false, TimeUnit.MICROS)), JdbcValue.TIMESTAMP);
            case Types.TIMESTAMP_WITH_TIMEZONE ->
                column(index, name, optional(INT64).as(timestampType(true, TimeUnit.MICROS)), JdbcValue.INSTANT);
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY ->
                column(index, name, optional(BINARY), JdbcValue.BYTES);
            default -> {
                if (!typeName.equals("uuid")) {
                    throw unsupported(name, typeName);
                }
                yield column(
                        index,
                        name,
                        optional(FIXED_LEN_BYTE_ARRAY).length(UUID_BYTES).as(uuidType()),
                        JdbcValue.UUID);
            }
        };
    }

    private static JdbcColumn decimal(ResultSetMetaData result, int index, String name) throws SQLException {
        int precision = result.getPrecision(index);
        int scale = result.getScale(index);
        if (precision < 1 || precision > DECIMAL_DIGITS || scale < 0 || scale > precision) {
            throw unsupported(
                    name, "numeric without precision and scale, or with more than " + DECIMAL_DIGITS + " digits");
        }
        if (precision <= INT32_DIGITS) {
            return column(index, name, optional(INT32).as(decimalType(scale, precision)), JdbcValue.DECIMAL);
        }
        if (precision <= INT64_DIGITS) {
            return column(index, name, optional(INT64).as(decimalType(scale, precision)), JdbcValue.DECIMAL);
        }
        return column(
                index,
                name,
                optional(FIXED_LEN_BYTE_ARRAY).length(JdbcValue.DECIMAL_BYTES).as(decimalType(scale, precision)),
                JdbcValue.DECIMAL);
    }

    private static org.apache.parquet.schema.Types.PrimitiveBuilder<PrimitiveType> optional(
            PrimitiveType.PrimitiveTypeName type) {
        return org.apache.parquet.schema.Types.optional(type);
    }

    private static JdbcColumn column(
            int index,
            String name,
            org.apache.parquet.schema.Types.PrimitiveBuilder<PrimitiveType> type,
            JdbcValue value) {
        return new JdbcColumn(index, name, type.named(name), value);
    }

    /**
     * Copies the value of the current row, unless it is NULL.
     *
     * @param rowNumber the row's number, from 1, for the message
     */
    void copy(ResultSet rows, Group row, long rowNumber) throws SQLException {
        try {
            value.copy(rows, this, row);
        } catch (ArithmeticException e) {
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "row " + rowNumber + " of the result: the value of column \"" + name + "\" does not fit into "
                            + type.getLogicalTypeAnnotation(),
                    e);
        } catch (DateTimeException | NumberFormatException e) {
            // What drivers throw at bytes that are no value of the column's type; the message would quote them.
            throw new PipelineException(
                    ExitCode.DATA_REFUSED,
                    "row " + rowNumber + " of the result: what came for column \"" + name + "\" is no " + kind(),
                    e);
        }
    }

    private Object kind() {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        return annotation != null ? annotation : type.getPrimitiveTypeName();
    }

    private static PipelineException unsupported(String name, String type) {
        return new PipelineException(
                ExitCode.DATA_REFUSED,
                "column \"" + name + "\" of the result is " + type
                        + ", which cannot be exported; cast it in the query, for" + " example to varchar");
    }
}
