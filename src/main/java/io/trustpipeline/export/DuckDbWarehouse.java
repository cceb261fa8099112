package io.trustpipeline.export;

import io.trustpipeline.table.DuckDb;
import io.trustpipeline.table.ParquetRows;
import io.trustpipeline.table.TableException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;

/**
 * A DuckDB database: DuckDB itself writes the result as one Parquet file, in the query's order. The database is opened
 * for reading only, so several runs can share it.
 */
record DuckDbWarehouse(WarehouseSettings settings) implements Warehouse {
    @Override
    public Exported export(SqlTemplate template, QueryValues values, ExportTarget target) {
        BoundQuery query = template.bound(values);
        try (Connection connection = open();
                BatchFiles files = new BatchFiles(target.folder())) {
            // With the values in it: a column that is nothing but a parameter has no type.
            try (PreparedStatement statement = connection.prepareStatement(template.rendered(values))) {
                ResultColumns.check(statement.getMetaData());
            }
            Path file = files.next();
            copy(connection, query, file);
            try (ParquetRows rows = ParquetRows.open(file, 1)) {
                return files.complete(rows.rowCount());
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e, settings);
        } catch (TableException e) {
            throw TableFailure.of(e);
        }
    }

    @Override
    public Sample sample(SqlTemplate template, QueryValues values, int most) {
        return Sample.take(this::open, template.rendered(values), most, settings);
    }

    private Connection open() throws SQLException {
        Properties properties = settings.duckDb().properties();
        properties.setProperty("duckdb.read_only", "true");
        return DuckDb.connect(settings.url(), properties);
    }

    private void copy(Connection connection, BoundQuery query, Path file) throws SQLException {
        Path temporary = file.resolveSibling(file.getFileName() + ".writing");
        String sql = "COPY (" + select(connection, query.sql()) + ") TO " + DuckDb.literal(temporary.toString()) + " "
                + DuckDb.PARQUET_OPTIONS;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            statement.setQueryTimeout(settings.queryTimeoutSeconds());
            query.bind(statement);
            statement.execute();
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new TableException(TableException.Kind.UNWRITABLE, file, "cannot be written: " + e.getMessage(), e);
        } finally {
            discard(temporary);
        }
    }

    /** The line ends keep a comment at the query's end away from the bracket. */
    private static String select(Connection connection, String query) throws SQLException {
        if (!SourceTables.marksKeys(connection)) {
            return "\n" + query + "\n";
        }
        return "SELECT * REPLACE (" + SourceTables.PLAIN_KEY + "(comment_unique_key) AS comment_unique_key) FROM (\n"
                + query + "\n)";
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The next attempt overwrites it.
        }
    }
}
