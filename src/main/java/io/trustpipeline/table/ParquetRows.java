package io.trustpipeline.table;

import io.trustpipeline.table.TableException.Kind;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Map;

/**
 * Reads a Parquet file from the first row to the last, a batch of rows at a time, in memory that depends neither on the
 * file's size nor on that of its row groups: it holds one page a column and one batch.
 *
 * <p>Every {@link #iterator()} starts at the first row. An instance and its iterators belong to one thread; batches once
 * given out may go to others. Whatever is wrong with the file is a {@link TableException} that names it, from
 * {@link #open} or from the iterator.
 */
public final class ParquetRows implements Iterable<RecordBatch>, Closeable {
    /** A batch is closed early when its rows reach this, so that long texts do not fill the heap. */
    static final long BATCH_BYTES = 16 << 20;

    /** What one page a column may take together before smaller pages are wanted. */
    private static final long HELD_BYTES = 64 << 20;

    private final Path file;
    private final int batchSize;
    private final FileChannel channel;
    private final ParquetMetadata footer;
    private final Codecs codecs = new Codecs();

    private ParquetRows(Path file, int batchSize, FileChannel channel, ParquetMetadata footer) {
        this.file = file;
        this.batchSize = batchSize;
        this.channel = channel;
        this.footer = footer;
    }

    /**
     * Opens a file and reads its footer.
     *
     * @param batchSize the most rows a batch has; a batch has fewer at the end of the file and where rows are long
     *     (about 16 MiB)
     * @throws TableException when the file is missing, cut short, encrypted or not Parquet
     */
    public static ParquetRows open(Path file, int batchSize) {
        if (batchSize < 1) {
            throw new IllegalArgumentException("batchSize " + batchSize + ": at least 1");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            FooterCheck.check(channel);
            return new ParquetRows(file, batchSize, channel, footer(file));
        } catch (IOException | RuntimeException e) {
            close(channel);
            throw new TableException(Kind.UNREADABLE, file, "not readable as Parquet: " + TableException.reason(e), e);
        }
    }

    private static ParquetMetadata footer(Path file) throws IOException {
        ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Codecs())
                .build();
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file), options)) {
            return reader.getFooter();
        }
    }

    /** The file's columns, as it declares them. */
    public MessageType schema() {
        return footer.getFileMetaData().getSchema();
    }

    /** What the footer says beside the rows: {@link ParquetSink#finish(Map)}. */
    public Map<String, String> metadata() {
        return footer.getFileMetaData().getKeyValueMetaData();
    }

    /** How many rows the footer promises; the iterator gives exactly so many or fails. */
    public long rowCount() {
        return footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    }

    /** Whether the file's own pages are so large that a gigabyte of heap may not do: see {@link TableConverter}. */
    boolean needsSmallerPages() {
        boolean mayBe = footer.getBlocks().stream().anyMatch(rowGroup -> rowGroup.getTotalByteSize() > HELD_BYTES);
        try {
            return mayBe && HeldPages.bytes(channel, footer.getBlocks()) > HELD_BYTES;
        } catch (IOException | RuntimeException e) {
            throw new TableException(Kind.UNREADABLE, file, "damaged: " + TableException.reason(e), e);
        }
    }

    @Override
    public Iterator<RecordBatch> iterator() {
        return new BatchIterator(file, batchSize, channel, footer, codecs);
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written: what was read stays right.
        }
    }
}
