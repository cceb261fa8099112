package io.trustpipeline.export;

import io.trustpipeline.run.StopSignal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Amazon Redshift: its slices write the result to S3 themselves; no row passes through here. */
record RedshiftWarehouse(WarehouseSettings settings, StopSignal stop) implements Warehouse {
    @Override
    public Exported export(SqlTemplate template, QueryValues values, ExportTarget target) {
        String query = template.rendered(values);
        String unload = UnloadStatement.of(query, target.prefix(), settings.unload());
        stop.check();
        long begun = System.nanoTime();
        try (Connection connection = JdbcConnections.open(settings)) {
            checkColumns(connection, query);
            try (Statement statement = connection.createStatement()) {
                // Also at the server, which would otherwise unload on when this process dies.
                statement.execute(
                        "SET statement_timeout TO " + settings.queryTimeout().toMillis());
                statement.setQueryTimeout(settings.queryTimeoutSeconds());
                begun = System.nanoTime();
                unload(statement, unload);
                return new Exported.Objects(
                        target.prefix(),
                        unloadedRows(statement),
                        settings.unload().manifest());
            }
        } catch (SQLException e) {
            if (stop.stopped()) {
                throw StopSignal.requested();
            }
            throw SqlFailure.of(e, settings, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    private void unload(Statement statement, String unload) throws SQLException {
        try (StopSignal.Interruption cancelling = CancelOnStop.of(statement, stop)) {
            statement.execute(unload);
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

    @Override
    public Sample sample(SqlTemplate template, QueryValues values, int most) {
        return Sample.take(() -> JdbcConnections.open(settings), template.rendered(values), most, settings);
    }

    private static long unloadedRows(Statement statement) throws SQLException {
        try (ResultSet count = statement.executeQuery("SELECT pg_last_unload_count()")) {
            count.next();
            return count.getLong(1);
        }
    }
}
