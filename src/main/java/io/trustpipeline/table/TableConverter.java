package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.example.data.Group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/**
 * Turns CSV and JSON lines into Parquet and back, a row at a time. Rows keep their order, texts every character.
 *
 * <p>CSV has no types: all its columns become text, so that a key keeps its leading zeros. Written as CSV, NULL is
 * nothing and an empty text is {@code ""}; written as JSON, columns of Parquet's JSON type are JSON again.
 *
 * @param limits what DuckDB may use, which makes small pages of enormous ones
 */
public record TableConverter(DuckDb.Limits limits) {
    private static final int BATCH_ROWS = 1024;

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
                rewrite(table, target);
            }
            case JSON_LINES -> new JsonLines(table).toParquet(target);
            case CSV -> new CsvFile(table).toParquet(target);
        }
        return target;
    }

    /**
     * Writes a Parquet file as Parquet, CSV or JSON lines, as the target's name says; nested values become JSON in CSV.
     * The target appears whole or not at all.
     *
     * @throws TableException when it cannot be read, or the target not written
     */
    public void fromParquet(Path parquet, Path target) {
        TableFormat format = TableFormat.of(target);
        if (format == TableFormat.PARQUET) {
            copy(parquet, target);
            return;
        }
        try (ParquetRows rows = ParquetRows.open(parquet, BATCH_ROWS);
                TextSink sink = TextSink.create(target)) {
            if (format == TableFormat.CSV) {
                sink.writeCsvHeader(rows.schema());
            }
            for (RecordBatch batch : rows) {
                for (Group row : batch.rows()) {
                    if (format == TableFormat.CSV) {
                        sink.writeCsv(row);
                    } else {
                        sink.writeJson(row);
                    }
                }
            }
            sink.finish();
        }
    }

    private static void copy(Path parquet, Path target) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".writing");
        try {
            Files.createDirectories(absolute.getParent());
            Files.copy(parquet, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new TableException(Kind.UNWRITABLE, target, "cannot be written: " + TableException.reason(e), e);
        } finally {
            discard(temporary);
        }
    }

    private static boolean hasLargePages(Path parquet) {
        try (ParquetRows rows = ParquetRows.open(parquet, 1)) {
            return rows.needsSmallerPages();
        }
    }

    private void rewrite(Path parquet, Path target) {
        Path absolute = target.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".writing");
        try (DuckDb duckDb = DuckDb.inMemory(limits)) {
            Files.createDirectories(absolute.getParent());
            duckDb.execute(
                    "COPY (SELECT * FROM read_parquet(" + DuckDb.file(parquet) + ", hive_partitioning = false)) TO "
                            + DuckDb.literal(temporary.toString()) + " " + DuckDb.PARQUET_OPTIONS);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            String reason = DuckDbMessage.of(e);
            if (reason.contains(temporary.toString()) || reason.contains("No space left")) {
                throw new TableException(Kind.UNWRITABLE, target, "cannot be written: " + reason, e);
            }
            throw new TableException(Kind.UNREADABLE, parquet, "DuckDB cannot give it smaller pages: " + reason, e);
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
