package io.trustpipeline.features;

import io.trustpipeline.table.DuckDb;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Trips to compute features of, made by DuckDB's own Parquet writer, and a reader of what was computed. */
public final class Trips {
    /** Each day from 2020-01-01, twenty trips of three customers and two of nobody. */
    private static final String DAYS = """
            SELECT CASE i %% 11 WHEN 5 THEN NULL WHEN 7 THEN 4 ELSE 1 + i %% 2 END::%s AS "VendorID",
                TIMESTAMP '2020-01-01' + INTERVAL (d) DAY + INTERVAL (i * 65) MINUTE AS tpep_pickup_datetime,
                (i * 7 + d) %% 23 - 1.0 AS fare_amount, (i * 3 + d) %% 17 + 0.25 AS trip_distance,
                (i * 7 + d) %% 23 + 2.5 AS total_amount
            FROM range(%d, %d) AS days(d), range(22) AS trips(i) ORDER BY tpep_pickup_datetime, i""";

    private Trips() {}

    public static Path write(Path file, String customerType, int firstDay, int lastDay, String options)
            throws SQLException {
        return write(file, DAYS.formatted(customerType, firstDay, lastDay), options);
    }

    public static Path write(Path file, String select, String options) throws SQLException {
        try (DuckDb duckDb = DuckDb.inMemory(DuckDb.Limits.standard(file.resolveSibling("spill")))) {
            duckDb.execute("COPY (" + select + ") TO " + DuckDb.literal(file.toString()) + " (FORMAT parquet, "
                    + options + ")");
        }
        return file;
    }

    /** Rows of a query, values joined by " | ", numbers to nine digits. */
    public static List<String> rows(Path folder, String sql) throws SQLException {
        try (DuckDb duckDb = DuckDb.inMemory(DuckDb.Limits.standard(folder.resolve("spill")));
                Statement statement = duckDb.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    Object value = rows.getObject(column);
                    values.add(value instanceof Double number ? "%.9g".formatted(number) : String.valueOf(value));
                }
                lines.add(String.join(" | ", values));
            }
            return lines;
        }
    }

    public static Scope day(String date) {
        return new Scope(LocalDate.parse(date), Scope.Mode.DAY, null);
    }
}
