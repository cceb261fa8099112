package io.trustpipeline.export;

import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** How one kind of JDBC value is fetched and put into a row. Throws ArithmeticException where a value does not fit. */
enum JdbcValue {
    TEXT {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            String text = rows.getString(column.index());
            if (text != null) {
                row.add(column.index() - 1, text);
            }
        }
    },
    INT {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            int value = rows.getInt(column.index());
            if (!rows.wasNull()) {
                row.add(column.index() - 1, value);
            }
        }
    },
    LONG {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            long value = rows.getLong(column.index());
            if (!rows.wasNull()) {
                row.add(column.index() - 1, value);
            }
        }
    },
    FLOAT {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            float value = rows.getFloat(column.index());
            if (!rows.wasNull()) {
                row.add(column.index() - 1, value);
            }
        }
    },
    DOUBLE {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            double value = rows.getDouble(column.index());
            if (!rows.wasNull()) {
                row.add(column.index() - 1, value);
            }
        }
    },
    BOOLEAN {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            boolean value = rows.getBoolean(column.index());
            if (!rows.wasNull()) {
                row.add(column.index() - 1, value);
            }
        }
    },
    DECIMAL {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            BigDecimal value = rows.getBigDecimal(column.index());
            if (value == null) {
                return;
            }
            DecimalLogicalTypeAnnotation decimal =
                    (DecimalLogicalTypeAnnotation) column.type().getLogicalTypeAnnotation();
            BigInteger unscaled =
                    value.setScale(decimal.getScale(), RoundingMode.UNNECESSARY).unscaledValue();
            switch (column.type().getPrimitiveTypeName()) {
                case INT32 -> row.add(column.index() - 1, unscaled.intValueExact());
                case INT64 -> row.add(column.index() - 1, unscaled.longValueExact());
                default -> row.add(column.index() - 1, Binary.fromConstantByteArray(bigEndian(unscaled)));
            }
        }
    },
    DATE {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            LocalDate date = rows.getObject(column.index(), LocalDate.class);
            if (date != null) {
                row.add(column.index() - 1, Math.toIntExact(date.toEpochDay()));
            }
        }
    },
    TIMESTAMP {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            LocalDateTime time = rows.getObject(column.index(), LocalDateTime.class);
            if (time != null) {
                row.add(column.index() - 1, micros(time.toInstant(ZoneOffset.UTC)));
            }
        }
    },
    INSTANT {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            OffsetDateTime time = rows.getObject(column.index(), OffsetDateTime.class);
            if (time != null) {
                row.add(column.index() - 1, micros(time.toInstant()));
            }
        }
    },
    UUID {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            String text = rows.getString(column.index());
            if (text != null) {
                java.util.UUID uuid = java.util.UUID.fromString(text);
                byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
                row.add(column.index() - 1, Binary.fromConstantByteArray(bytes));
            }
        }
    },
    BYTES {
        @Override
        void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException {
            byte[] bytes = rows.getBytes(column.index());
            if (bytes != null) {
                row.add(column.index() - 1, Binary.fromConstantByteArray(bytes));
            }
        }
    };

    /** 38 decimal digits and a sign. */
    static final int DECIMAL_BYTES = 16;

    private static final long MICROS = 1_000_000;
    private static final int NANOS_OF_MICRO = 1_000;

    abstract void copy(ResultSet rows, JdbcColumn column, Group row) throws SQLException;

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / NANOS_OF_MICRO);
    }

    private static byte[] bigEndian(BigInteger value) {
        byte[] digits = value.toByteArray();
        if (digits.length > DECIMAL_BYTES) {
            throw new ArithmeticException("more than " + DECIMAL_BYTES + " bytes");
        }
        byte[] bytes = new byte[DECIMAL_BYTES];
        Arrays.fill(bytes, (byte) (value.signum() < 0 ? -1 : 0));
        System.arraycopy(digits, 0, bytes, DECIMAL_BYTES - digits.length, digits.length);
        return bytes;
    }
}
