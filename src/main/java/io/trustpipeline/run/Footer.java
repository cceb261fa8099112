package io.trustpipeline.run;

import io.trustpipeline.table.ParquetRows;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the end of a Parquet file says of the whole.
 *
 * @param rows how many the file has
 * @param metadata what its writer left beside them
 */
record Footer(long rows, Map<String, String> metadata) {

    /** Where footers come from. One that has seen a digest before knows what the file says. */
    @FunctionalInterface
    interface Source {
        Footer of(Path file, String sha256);
    }

    static Footer read(Path file) {
        try (ParquetRows rows = ParquetRows.open(file, 1)) {
            return new Footer(rows.rowCount(), rows.metadata());
        }
    }
}
