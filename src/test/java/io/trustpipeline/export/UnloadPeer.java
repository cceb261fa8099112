package io.trustpipeline.export;

import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What UNLOAD does (Amazon Redshift Database Developer Guide, "UNLOAD"): the query's rows, spread over slices that each
 * write a Parquet object, and a manifest last. DuckDB writes the files, so that the product's own writer has no part.
 */
final class UnloadPeer {
    static final int SLICES = 4;

    private static final Pattern UNLOAD = Pattern.compile(
            "(?s)UNLOAD \\((?:\\$\\$(?<dollars>.*)\\$\\$|'(?<quoted>(?:[^']|'')*)')\\)\\s+TO 's3://(?<bucket>[^/']+)/(?<key>[^']+)'"
                    + "\\s+IAM_ROLE (?:'(?<role>[^']+)'|(?<default>default))\\s+FORMAT PARQUET(?<options>[A-Z0-9\\s]*)");

    private final String database;
    private final S3Client s3;
    private final Path scratch;
    private final String role;

    UnloadPeer(String database, S3Client s3, Path scratch, String role) {
        this.database = database;
        this.s3 = s3;
        this.scratch = scratch;
        this.role = role;
    }

    /** UNLOAD answers no. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final String state;
        private final String detail;

        Refused(String state, String message, String detail) {
            super(message);
            this.state = state;
            this.detail = detail;
        }

        String state() {
            return state;
        }

        String detail() {
            return detail;
        }
    }

    /** @param started is given the statement that cancelling ends */
    long unload(String sql, long timeoutMillis, Consumer<@Nullable Statement> started) throws SQLException, Refused {
        Matcher unload = UNLOAD.matcher(sql.strip());
        if (!unload.matches()) {
            throw new Refused("42601", "syntax error in UNLOAD", "");
        }
        String prefix = unload.group("key");
        String bucket = unload.group("bucket");
        if (unload.group("default") == null && !unload.group("role").equals(role)) {
            throw new Refused(
                    "XX000",
                    "User arn:aws:redshift:us-east-2:123456789012:dbuser:w/analyst is not authorized to assume IAM Role "
                            + unload.group("role"),
                    "\n  -----------------------------------------------\n  error:  not authorized to assume IAM Role\n"
                            + "  code:      8001\n  context:   IAM Role\n  query:     4711\n"
                            + "  -----------------------------------------------\n");
        }
        if (!s3.listObjectsV2(list -> list.bucket(bucket).prefix(prefix))
                .contents()
                .isEmpty()) {
            throw new Refused(
                    "XX000",
                    "Specified unload destination on S3 is not empty. Consider using a different bucket / prefix, manually"
                            + " removing the target files in S3, or using the ALLOWOVERWRITE option.",
                    "");
        }
        String query = unload.group("dollars") != null
                ? unload.group("dollars")
                : unload.group("quoted").replace("''", "'");
        String options = unload.group("options");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
            long rows = copy(query, timeoutMillis, started, (DuckDBConnection) duckDb);
            write(duckDb, bucket, prefix, options.contains("PARALLEL OFF") ? 1 : SLICES, options.contains("MANIFEST"));
            return rows;
        }
    }

    private long copy(String query, long timeoutMillis, Consumer<@Nullable Statement> started, DuckDBConnection duckDb)
            throws SQLException {
        try (Connection postgres = DriverManager.getConnection(database);
                Statement statement = postgres.createStatement()) {
            statement.execute("SET statement_timeout TO " + timeoutMillis);
            started.accept(statement);
            try (ResultSet rows = statement.executeQuery(query)) {
                return UnloadedTable.fill(rows, duckDb);
            }
        }
    }

    private void write(Connection duckDb, String bucket, String prefix, int slices, boolean manifest)
            throws SQLException {
        List<String> entries = new ArrayList<>();
        for (int slice = 0; slice < slices; slice++) {
            String key =
                    prefix + (slices == 1 ? "000.parquet" : String.format(Locale.ROOT, "%04d_part_00.parquet", slice));
            Path file = scratch.resolve("slice-" + slice + ".parquet");
            try (Statement statement = duckDb.createStatement()) {
                statement.execute("COPY (SELECT * FROM unloaded WHERE rowid % " + slices + " = " + slice
                        + " ORDER BY rowid) TO '" + file + "' (FORMAT parquet)");
            }
            s3.putObject(put -> put.bucket(bucket).key(key), file);
            entries.add(
                    "{\"url\":\"s3://" + bucket + "/" + key + "\",\"meta\":{\"content_length\":" + size(file) + "}}");
        }
        if (manifest) {
            s3.putObject(
                    put -> put.bucket(bucket).key(prefix + "manifest"),
                    software.amazon.awssdk.core.sync.RequestBody.fromBytes(
                            ("{\"entries\":[\n  " + String.join(",\n  ", entries) + "\n]}\n").getBytes(UTF_8)));
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A table as a result of PostgreSQL's has it. */
    private static final class UnloadedTable {
        private UnloadedTable() {}

        static long fill(ResultSet rows, DuckDBConnection duckDb) throws SQLException {
            ResultSetMetaData columns = rows.getMetaData();
            int count = columns.getColumnCount();
            List<String> definitions = new ArrayList<>();
            for (int column = 1; column <= count; column++) {
                String type = columns.getColumnTypeName(column);
                definitions.add('"' + columns.getColumnLabel(column) + "\" "
                        + switch (type) {
                            case "int4" -> "INTEGER";
                            case "int8" -> "BIGINT";
                            case "date" -> "DATE";
                            default -> "VARCHAR";
                        });
            }
            try (Statement statement = duckDb.createStatement()) {
                statement.execute("CREATE TABLE unloaded (" + String.join(", ", definitions) + ")");
            }
            long written = 0;
            try (org.duckdb.DuckDBAppender appender =
                    duckDb.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "unloaded")) {
                for (; rows.next(); written++) {
                    appender.beginRow();
                    for (int column = 1; column <= count; column++) {
                        Object value = rows.getObject(column);
                        if (value == null) {
                            appender.appendNull();
                        } else if (value instanceof Integer integer) {
                            appender.append(integer.intValue());
                        } else if (value instanceof Long integer) {
                            appender.append(integer.longValue());
                        } else if (value instanceof java.sql.Date date) {
                            appender.append(date.toLocalDate());
                        } else {
                            appender.append(value.toString());
                        }
                    }
                    appender.endRow();
                }
            }
            return written;
        }
    }
}
