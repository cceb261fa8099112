package io.trustpipeline.export;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/** Amazon Redshift: its slices write the result to S3 themselves; no row passes through here. */
record RedshiftWarehouse(WarehouseSettings settings) implements Warehouse {
    @Override
    public Exported export(SqlTemplate template, QueryValues values, ExportTarget target) {
        String query = template.rendered(values);
        String unload = UnloadStatement.of(query, target.prefix(), settings.unload());
        try (Connection connection = JdbcConnections.open(settings)) {
            checkColumns(connection, query);
            try (Statement statement = connection.createStatement()) {
                statement.setQueryTimeout(settings.queryTimeoutSeconds());
                statement.execute(unload);
                return new Exported.Objects(target.prefix(), unloadedRows(statement));
            }
        } catch (SQLException e) {
            throw SqlFailure.of(e, settings);
        }
    }

    /** Asks what the query would give without running it. */
    private static void checkColumns(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            ResultSetMetaData result = statement.getMetaData();
            if (result != null) {
                ResultColumns.check(result);
            }
        }
    }

    private static long unloadedRows(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT pg_last_unload_count()")) {
            count.next();
            return count.getLong(1);
        }
    }
}
