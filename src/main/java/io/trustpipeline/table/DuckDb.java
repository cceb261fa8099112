package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.duckdb.DuckDBDriver;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;

/**
 * An in-process DuckDB with bounded memory that spills to a folder, keeps the order of rows, and downloads nothing.
 *
 * <p>Its native library is loaded when the first one is opened. A connection belongs to one thread.
 */
public final class DuckDb implements AutoCloseable {
    /**
     * Written behind {@code COPY … TO}: row groups small enough to be held, whether the texts are short or long.
     */
    public static final String PARQUET_OPTIONS =
            "(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 65536, ROW_GROUP_SIZE_BYTES '32MB')";

    /**
     * What one database may use.
     *
     * @param memory the most memory for its buffers, outside the Java heap, in DuckDB's spelling ({@code 512MB})
     * @param threads how many threads it works with
     * @param temporaryFolder where it puts what does not fit
     */
    public record Limits(String memory, int threads, Path temporaryFolder) {
        /** Half a gigabyte and no more than four threads. */
        public static Limits standard(Path temporaryFolder) {
            return new Limits("512MB", Math.min(4, Runtime.getRuntime().availableProcessors()), temporaryFolder);
        }

        /** The same as connection properties, for those who open a DuckDB URL themselves. */
        public Properties properties() {
            Properties properties = new Properties();
            properties.setProperty("memory_limit", memory);
            properties.setProperty("threads", Integer.toString(threads));
            properties.setProperty(
                    "temp_directory", temporaryFolder.toAbsolutePath().toString());
            properties.setProperty("preserve_insertion_order", "true");
            properties.setProperty("autoinstall_known_extensions", "false");
            properties.setProperty("autoload_known_extensions", "false");
            return properties;
        }
    }

    private static boolean loaded;

    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /**
     * Loads the native library and the classes that talk to it, which the first database of a process does otherwise: some
     * tenths of a second.
     */
    public static synchronized void load() {
        if (!loaded) {
            try (DuckDb first = inMemory(Limits.standard(Path.of("spills-nothing")));
                    Statement statement = first.connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT 'a', 1")) {
                row.next();
                row.getString(1);
                row.getLong(2);
                loaded = true;
            } catch (SQLException | LinkageError e) {
                throw new IllegalStateException("DuckDB's library cannot be loaded", e);
            }
        }
    }

    /** Loads it beside the caller's own work; what hinders that is met by {@link #load}. */
    public static void loadAhead() {
        Thread loading = new Thread(
                () -> {
                    try {
                        load();
                    } catch (TableException | IllegalStateException e) {
                        // As said.
                    }
                },
                "duckdb-load");
        loading.setDaemon(true);
        loading.start();
    }

    /** A database that is gone when it is closed. */
    public static DuckDb inMemory(Limits limits) {
        return open("jdbc:duckdb:", limits.temporaryFolder(), limits.properties());
    }

    /**
     * A database in a file, created if it is not there. One process at a time can have it open.
     *
     * @throws TableException when it is not a DuckDB file, or another process has it
     */
    public static DuckDb open(Path database, Limits limits) {
        return open(url(database), database, limits.properties());
    }

    /**
     * A database in a file that is there, for reading. Many processes at a time can have it open so.
     *
     * @throws TableException when it is not a DuckDB file, or another process writes to it
     */
    public static DuckDb openReadOnly(Path database, Limits limits) {
        Properties properties = limits.properties();
        properties.setProperty("duckdb.read_only", "true");
        return open(url(database), database, properties);
    }

    /** The JDBC URL of a database in a file. */
    public static String url(Path database) {
        return "jdbc:duckdb:" + database.toAbsolutePath();
    }

    private static DuckDb open(String url, Path subject, Properties properties) {
        try {
            return new DuckDb(connect(url, properties));
        } catch (SQLException e) {
            throw new TableException(Kind.UNWRITABLE, subject, "DuckDB cannot open it: " + DuckDbMessage.of(e), e);
        }
    }

    /**
     * Connects as the {@code DriverManager} would, which would first load every other driver there is.
     *
     * @param url of DuckDB
     */
    public static Connection connect(String url, Properties properties) throws SQLException {
        return Objects.requireNonNull(new DuckDBDriver().connect(url, properties));
    }

    /** The connection, which is closed with this. */
    public Connection connection() {
        return connection;
    }

    /** Runs a statement whose result does not matter. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            // Every result that matters is in a file of its own by now.
        }
    }

    /** A text as an SQL literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** A name as an SQL identifier. */
    public static String identifier(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /** Exactly this file as the argument of a reading function, which would take some characters for a pattern. */
    public static String file(Path file) {
        return literal(file.toAbsolutePath().toString().replaceAll("[\\[*?]", "[$0]"));
    }
}
