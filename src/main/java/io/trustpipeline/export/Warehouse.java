package io.trustpipeline.export;

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
     *     does not finish in time. Local files of a failed export are removed.
     */
    Exported export(SqlTemplate template, QueryValues values, ExportTarget target);

    /** The warehouse behind a JDBC URL. Nothing is connected to yet. */
    static Warehouse of(WarehouseSettings settings) {
        String url = settings.url().toLowerCase(Locale.ROOT);
        if (url.startsWith("jdbc:redshift:")) {
            return new RedshiftWarehouse(settings);
        }
        if (url.startsWith("jdbc:duckdb:")) {
            return new DuckDbWarehouse(settings);
        }
        return new JdbcWarehouse(settings);
    }
}
