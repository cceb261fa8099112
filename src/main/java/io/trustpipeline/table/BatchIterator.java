package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Walks through the row groups of a file and cuts their rows into batches, which may span row groups. */
final class BatchIterator implements Iterator<RecordBatch> {
    private final Path file;
    private final int batchSize;
    private final FileChannel channel;
    private final CompressionCodecFactory codecs;
    private final MessageType schema;
    private final MessageColumnIO columns;
    private final Iterator<BlockMetaData> rowGroups;
    private @Nullable RecordReader<Group> reader;
    private long leftInRowGroup;
    private long nextRow;

    BatchIterator(
            Path file, int batchSize, FileChannel channel, ParquetMetadata footer, CompressionCodecFactory codecs) {
        this.file = file;
        this.batchSize = batchSize;
        this.channel = channel;
        this.codecs = codecs;
        this.schema = footer.getFileMetaData().getSchema();
        // The writer's name matters: some old ones wrote delta-encoded texts that need a correction.
        this.columns = new ColumnIOFactory(footer.getFileMetaData().getCreatedBy(), true).getColumnIO(schema);
        this.rowGroups = footer.getBlocks().iterator();
    }

    @Override
    public boolean hasNext() {
        try {
            openRowGroup();
            return leftInRowGroup > 0;
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    @Override
    public RecordBatch next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        List<Group> rows = new ArrayList<>();
        long firstRow = nextRow;
        try {
            long bytes = 0;
            while (rows.size() < batchSize && bytes < ParquetRows.BATCH_BYTES && openRowGroup()) {
                Group row = readRow();
                rows.add(row);
                bytes += Groups.bytes(row);
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        } catch (OutOfMemoryError e) {
            // A damaged run length makes Parquet's decoder ask for one array of gigabytes; the heap is sound after
            // that.
            throw new TableException(
                    Kind.UNREADABLE,
                    file,
                    "damaged at row " + nextRow + ": it asks for more than the memory there is",
                    e);
        }
        return new RecordBatch(firstRow, rows);
    }

    private Group readRow() {
        RecordReader<Group> current = reader;
        Group row = current == null ? null : current.read();
        if (row == null) {
            throw new IllegalStateException("a row group has fewer rows than the footer says");
        }
        leftInRowGroup--;
        nextRow++;
        return row;
    }

    /** Goes on to the next row group with rows if the present one is used up; false at the end of the file. */
    private boolean openRowGroup() throws IOException {
        while (leftInRowGroup == 0 && rowGroups.hasNext()) {
            BlockMetaData rowGroup = rowGroups.next();
            leftInRowGroup = rowGroup.getRowCount();
            if (leftInRowGroup > 0) {
                reader = columns.getRecordReader(
                        new RowGroupPages(channel, rowGroup, codecs), new GroupRecordConverter(schema));
            }
        }
        return leftInRowGroup > 0;
    }

    /** Whatever decoding throws, the bytes are to blame: they come from outside. */
    private TableException unreadable(Exception e) {
        return new TableException(
                Kind.UNREADABLE, file, "damaged at row " + nextRow + ": " + TableException.reason(e), e);
    }
}
