package io.trustpipeline.table;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Another reader and writer of tables, to compare ours with. */
public final class DuckDbOracle implements AutoCloseable {
    private final DuckDb duckDb;

    public DuckDbOracle(Path temporaryFolder) {
        this.duckDb = DuckDb.inMemory(DuckDb.Limits.standard(temporaryFolder));
    }

    public void execute(String sql) throws SQLException {
        duckDb.execute(sql);
    }

    /** Every row as its values joined by " | ". */
    public List<String> rows(String sql) throws SQLException {
        try (Statement statement = duckDb.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int columns = rows.getMetaData().getColumnCount();
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                List<String> values = new ArrayList<>();
                for (int column = 1; column <= columns; column++) {
                    values.add(String.valueOf(rows.getObject(column)));
                }
                lines.add(String.join(" | ", values));
            }
            return lines;
        }
    }

    /** Column names and types of a Parquet file. */
    public List<String> columns(Path parquet) throws SQLException {
        return rows("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM " + parquet(parquet) + ")");
    }

    /** How many rows of two files differ, position by position, in any value. */
    public long differences(Path expected, Path actual) throws SQLException {
        String numbered = "(SELECT file_row_number AS n, t FROM (SELECT file_row_number, t FROM read_parquet(%s,"
                + " file_row_number = true, hive_partitioning = false) AS t))";
        String sql = "SELECT count(*) FROM " + numbered.formatted(DuckDb.file(expected)) + " e FULL JOIN "
                + numbered.formatted(DuckDb.file(actual)) + " a ON e.n = a.n WHERE e.t IS DISTINCT FROM a.t";
        return Long.parseLong(rows(sql).get(0));
    }

    public static String parquet(Path file) {
        return "read_parquet(" + DuckDb.file(file) + ", hive_partitioning = false)";
    }

    @Override
    public void close() {
        duckDb.close();
    }
}
