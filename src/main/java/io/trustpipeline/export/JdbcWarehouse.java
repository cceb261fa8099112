package io.trustpipeline.export;

import io.trustpipeline.run.StopSignal;
import io.trustpipeline.table.ParquetSink;
import io.trustpipeline.table.TableException;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Any database with a JDBC driver: rows are streamed, a few at a time, into Parquet files of bounded size. */
record JdbcWarehouse(WarehouseSettings settings, StopSignal stop) implements Warehouse {
    @Override
    public Exported export(SqlTemplate template, QueryValues values, ExportTarget target) {
        BoundQuery query = template.bound(values);
        try (Connection connection = JdbcConnections.open(settings);
                BatchFiles files = new BatchFiles(target.folder())) {
            connection.setReadOnly(true);
            // PostgreSQL's driver streams only inside a transaction; with autocommit it fetches everything at once.
            connection.setAutoCommit(false);
            try (PreparedStatement statement =
                    connection.prepareStatement(query.sql(), ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
                statement.setFetchSize(settings.fetchSize());
                statement.setQueryTimeout(settings.queryTimeoutSeconds());
                query.bind(statement);
                try (StopSignal.Interruption cancelling = CancelOnStop.of(statement, stop);
                        ResultSet rows = statement.executeQuery()) {
                    return files.complete(write(rows, files));
                }
            }
        } catch (SQLException e) {
            if (stop.stopped()) {
                throw StopSignal.requested();
            }
            throw SqlFailure.of(e, settings);
        } catch (TableException e) {
            throw TableFailure.of(e);
        }
    }

    @Override
    public Sample sample(SqlTemplate template, QueryValues values, int most) {
        return Sample.take(() -> JdbcConnections.open(settings), template.rendered(values), most, settings);
    }

    private long write(ResultSet rows, BatchFiles files) throws SQLException {
        List<JdbcColumn> columns = columns(rows.getMetaData());
        List<Type> types = new ArrayList<>();
        columns.forEach(column -> types.add(column.type()));
        MessageType schema = new MessageType("comments", types);
        long written = 0;
        boolean more = rows.next();
        do {
            stop.check();
            Path file = files.next();
            try (ParquetSink sink = ParquetSink.create(file, schema)) {
                for (long inFile = 0; more && inFile < settings.rowsPerFile(); inFile++) {
                    Group row = new SimpleGroup(schema);
                    written++;
                    for (JdbcColumn column : columns) {
                        column.copy(rows, row, written);
                    }
                    sink.write(row);
                    more = rows.next();
                }
                sink.finish();
            }
        } while (more);
        return written;
    }

    private static List<JdbcColumn> columns(ResultSetMetaData result) throws SQLException {
        ResultColumns.check(result);
        List<JdbcColumn> columns = new ArrayList<>();
        for (int index = 1; index <= result.getColumnCount(); index++) {
            columns.add(JdbcColumn.of(result, index));
        }
        return columns;
    }
}
