package io.trustpipeline.export;

import io.trustpipeline.run.StopSignal;

import java.util.Locale;

/**
 * A database that comments are exported from. Immutable; every export opens a connection of its own.
 *
 * <p>An export checks the columns of the result before the first row: {@code comment_unique_key} (text or integer) and
 * {@code cleaned_comment} (text) must be among them.
 */
public sealed interface Warehouse permits RedshiftWarehouse, DuckDbWarehouse, JdbcWarehouse {
    /**
     * Runs the query and writes its rows as Parquet.
     *
     * @throws io.trustpipeline.run.PipelineException DATA_REFUSED when a table, a column or a type is not as it should be,
     *     CONFIGURATION when the query or the credentials are wrong, UNAVAILABLE when the warehouse does not answer or
     *     does not finish in time, STOPPED when somebody asked for it. Local files of a failed export are removed.
     */
    Exported export(SqlTemplate template, QueryValues values, ExportTarget target);

    /**
     * Counts what the query gives and reads a few of its texts; writes nothing.
     *
     * @param most how many rows are looked at
     * @throws io.trustpipeline.run.PipelineException as {@link #export} does
     */
    Sample sample(SqlTemplate template, QueryValues values, int most);

    /** The warehouse behind a JDBC URL, which nobody asks to stop. Nothing is connected to yet. */
    static Warehouse of(WarehouseSettings settings) {
        return of(settings, new StopSignal());
    }

    /** The warehouse behind a JDBC URL. Nothing is connected to yet. A stop cancels the statement under way. */
    static Warehouse of(WarehouseSettings settings, StopSignal stop) {
        String url = settings.url().toLowerCase(Locale.ROOT);
        if (url.startsWith("jdbc:redshift:")) {
            return new RedshiftWarehouse(settings, stop);
        }
        if (url.startsWith("jdbc:duckdb:")) {
            return new DuckDbWarehouse(settings);
        }
        return new JdbcWarehouse(settings, stop);
    }
}
