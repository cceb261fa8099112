package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/**
 * Writes rows to a Parquet file (Zstandard), in memory that depends neither on their number nor on their length.
 *
 * <p>The rows go to {@code <name>.writing} beside the file and become the file in one step at {@link #finish()}; a sink
 * closed before that leaves nothing behind. The same rows give the same bytes, in
 * every JVM. A sink belongs to one thread.
 */
public final class ParquetSink implements AutoCloseable {
    private static final long ROW_GROUP_BYTES = 32L << 20;
    private static final int ROW_GROUP_ROWS = 65_536;
    private static final int PAGE_BYTES = 1 << 20;
    /** How many rows may pass before the sizes above are looked at again: what long texts can exceed them by. */
    private static final int ROWS_BETWEEN_CHECKS = 16;

    /** What {@link #finish()} has written. */
    public record Written(long rows, long bytes) {}

    private final Path file;
    private final Path temporary;
    private final SinkFile output;
    private final ParquetWriter<Group> writer;
    private long rows;
    private boolean open = true;

    private ParquetSink(Path file, Path temporary, SinkFile output, ParquetWriter<Group> writer) {
        this.file = file;
        this.temporary = temporary;
        this.output = output;
        this.writer = writer;
    }

    /**
     * Starts a file; its folder is created if need be.
     *
     * @throws TableException when it cannot be written, or a column is an INTERVAL
     */
    public static ParquetSink create(Path file, MessageType schema) {
        for (Type column : schema.getFields()) {
            if (column.getLogicalTypeAnnotation() instanceof IntervalLogicalTypeAnnotation) {
                // Parquet's library writes its type as "always null", and other readers believe that.
                throw new TableException(
                        Kind.UNSUITABLE,
                        file,
                        "column \"" + column.getName() + "\" is an INTERVAL, which cannot be written; make it a text");
            }
        }
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling(absolute.getFileName() + ".writing");
        try {
            Files.createDirectories(absolute.getParent());
            SinkFile output = new SinkFile(temporary);
            ParquetWriter<Group> writer = ExampleParquetWriter.builder(output)
                    .withConf(new PlainParquetConfiguration())
                    .withType(schema)
                    .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                    .withCodecFactory(new Codecs())
                    .withCompressionCodec(CompressionCodecName.ZSTD)
                    .withRowGroupSize(ROW_GROUP_BYTES)
                    .withRowGroupRowCountLimit(ROW_GROUP_ROWS)
                    .withPageSize(PAGE_BYTES)
                    .withMinRowCountForPageSizeCheck(1)
                    .withMaxRowCountForPageSizeCheck(ROWS_BETWEEN_CHECKS)
                    .build();
            return new ParquetSink(file, temporary, output, writer);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Adds a row.
     *
     * @throws TableException when the disk does not take it; the sink is of no use after that
     */
    public void write(Group row) {
        try {
            writer.write(row);
            rows++;
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(file, e);
        }
    }

    /**
     * Completes the file and gives it its name, replacing a file of that name.
     *
     * @throws TableException when the disk does not take the rest
     */
    public Written finish() {
        return finish(Map.of());
    }

    /**
     * Completes the file as {@link #finish()} does.
     *
     * @param metadata to keep in the file's footer beside the rows, in this order
     */
    public Written finish(Map<String, String> metadata) {
        try {
            writer.close();
            FooterOrder.settle(temporary, metadata);
            long bytes = Files.size(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            open = false;
            return new Written(rows, bytes);
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(file, e);
        }
    }

    /** Discards what was written unless {@link #finish()} was reached. */
    @Override
    public void close() {
        if (!open) {
            return;
        }
        open = false;
        abandon(output);
        abandon(writer);
        abandon(() -> Files.deleteIfExists(temporary));
    }

    private static void abandon(Closeable part) {
        try {
            part.close();
        } catch (IOException | RuntimeException e) {
            // The caller already has the failure that brought it here; this one would hide it.
        }
    }

    private static TableException unwritable(Path file, Exception e) {
        return new TableException(Kind.UNWRITABLE, file, "cannot be written: " + TableException.reason(e), e);
    }
}
