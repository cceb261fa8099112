package io.trustpipeline.table;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.ParquetDecodingException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;

/** One row group whose pages are fetched as the rows are assembled: see {@link ColumnPages}. */
final class RowGroupPages implements PageReadStore {
    private final long rowCount;
    private final Map<ColumnPath, PageReader> columns = new HashMap<>();

    RowGroupPages(FileChannel file, BlockMetaData rowGroup, CompressionCodecFactory codecs) throws IOException {
        this.rowCount = rowGroup.getRowCount();
        for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
            columns.put(chunk.getPath(), new ColumnPages(file, chunk, codecs.getDecompressor(chunk.getCodec())));
        }
    }

    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        PageReader pages = columns.get(ColumnPath.get(column.getPath()));
        if (pages == null) {
            throw new ParquetDecodingException(
                    "a row group without column \"" + String.join(".", column.getPath()) + "\"");
        }
        return pages;
    }

    @Override
    public long getRowCount() {
        return rowCount;
    }
}
