package io.trustpipeline.export;

import io.trustpipeline.table.DuckDb;

import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a warehouse and what an export from it may cost.
 *
 * @param url a JDBC URL
 * @param credentials user and password, when the URL does not do without
 * @param queryTimeout when a query that has not ended is given up, in whole seconds
 * @param fetchSize how many rows a JDBC driver holds at once
 * @param rowsPerFile the most rows of a file that we write
 * @param unload how Redshift unloads
 * @param duckDb what a DuckDB may use
 */
public record WarehouseSettings(
        String url,
        Optional<Credentials> credentials,
        Duration queryTimeout,
        int fetchSize,
        long rowsPerFile,
        UnloadOptions unload,
        DuckDb.Limits duckDb) {
    private static final int FETCH_SIZE = 1_000;
    private static final long ROWS_PER_FILE = 100_000;

    /** User and password; its text does not show the password. */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "Credentials[user=" + user + "]";
        }
    }

    public WarehouseSettings {
        if (fetchSize < 1 || rowsPerFile < 1 || queryTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("fetch size, rows a file and query time-out are at least 1");
        }
    }

    /** The usual settings: an hour, 1,000 rows at once, 100,000 rows a file, UNLOAD by the cluster's default role. */
    public static WarehouseSettings standard(String url, Optional<Credentials> credentials, DuckDb.Limits duckDb) {
        return new WarehouseSettings(
                url,
                credentials,
                Duration.ofHours(1),
                FETCH_SIZE,
                ROWS_PER_FILE,
                UnloadOptions.standard("default"),
                duckDb);
    }

    /** Without the password that a URL may hold. */
    @Override
    public String toString() {
        return "WarehouseSettings[url=" + JdbcUrl.display(url) + ", credentials=" + credentials + "]";
    }

    int queryTimeoutSeconds() {
        return (int) Math.min(Integer.MAX_VALUE, queryTimeout.toSeconds());
    }
}
