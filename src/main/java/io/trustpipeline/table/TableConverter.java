package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Locale;

/**
 * Turns CSV and JSON lines into Parquet and back. Rows keep their order, texts every character.
 *
 * <p>CSV has no types: all its columns become text, so that a key keeps its leading zeros. Written as CSV, NULL is
 * nothing and an empty text is {@code ""}; written as JSON, columns of Parquet's JSON type are JSON again.
 *
 * @param limits what DuckDB may use
 */
public record TableConverter(DuckDb.Limits limits) {
    /**
     * A table as a Parquet file that {@link ParquetRows} reads in little memory: the file itself when it is one, else
     * {@code target}, written from it with the same rows and types.
     *
     * @throws TableException when it cannot be read, or the target not written
     */
    public Path asParquet(Path table, Path target) {
        switch (TableFormat.of(table)) {
            case PARQUET -> {
                if (!hasLargePages(table)) {
                    return table;
                }
                copy(table, scan(table), target, DuckDb.PARQUET_OPTIONS);
            }
            case JSON_LINES -> new JsonLines(table).toParquet(target);
            case CSV -> new CsvFile(table).toParquet(target);
        }
        return target;
    }

    private static boolean hasLargePages(Path parquet) {
        try (ParquetRows rows = ParquetRows.open(parquet, 1)) {
            return rows.needsSmallerPages();
        }
    }

    private static String scan(Path parquet) {
        return "read_parquet(" + DuckDb.file(parquet) + ", hive_partitioning = false)";
    }

    /**
     * Writes a Parquet file in the format that the target's name stands for.
     *
     * @throws TableException when it cannot be read, or the target not written
     */
    public void fromParquet(Path parquet, Path target) {
        String compression = target.toString().toLowerCase(Locale.ROOT).endsWith(".gz") ? "gzip" : "none";
        String options =
                switch (TableFormat.of(target)) {
                    case PARQUET -> DuckDb.PARQUET_OPTIONS;
                    case CSV -> "(FORMAT csv, HEADER true, COMPRESSION " + compression + ")";
                    case JSON_LINES -> "(FORMAT json, COMPRESSION " + compression + ")";
                };
        copy(parquet, scan(parquet), target, options);
    }

    private void copy(Path source, String scan, Path target, String options) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".writing");
        try (DuckDb duckDb = DuckDb.inMemory(limits)) {
            Files.createDirectories(absolute.getParent());
            duckDb.execute(
                    "COPY (SELECT * FROM " + scan + ") TO " + DuckDb.literal(temporary.toString()) + " " + options);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            String reason = DuckDbMessage.of(e);
            if (reason.contains(temporary.toString()) || reason.contains("No space left")) {
                throw new TableException(Kind.UNWRITABLE, target, "cannot be written: " + reason, e);
            }
            throw new TableException(Kind.UNREADABLE, source, "cannot be written as " + target + ": " + reason, e);
        } catch (IOException e) {
            throw new TableException(Kind.UNWRITABLE, target, "cannot be written: " + TableException.reason(e), e);
        } finally {
            discard(temporary);
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // The next attempt overwrites it.
        }
    }
}
