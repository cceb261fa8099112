package io.trustpipeline.table;

import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * How much a reader that holds one page a column has to hold at once. Most writers make pages of a megabyte, but DuckDB
 * makes one page a row group, of up to 100 MB. The footer does not say, so the page headers are read.
 */
final class HeldPages {
    private HeldPages() {}

    /** The sum of every column's largest page, packed and unpacked, in the row group where it is largest. */
    static long bytes(FileChannel file, Iterable<BlockMetaData> rowGroups) throws IOException {
        long most = 0;
        for (BlockMetaData rowGroup : rowGroups) {
            long held = 0;
            for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
                held += largestPage(file, chunk);
            }
            most = Math.max(most, held);
        }
        return most;
    }

    private static long largestPage(FileChannel file, ColumnChunkMetaData chunk) throws IOException {
        long largest = 0;
        long end = chunk.getStartingPos() + chunk.getTotalSize();
        ChannelInputStream in = new ChannelInputStream(file, chunk.getStartingPos());
        while (in.position() < end) {
            PageHeader header = Util.readPageHeader(in);
            largest = Math.max(largest, (long) header.getUncompressed_page_size() + header.getCompressed_page_size());
            in.skipNBytes(Math.max(0, header.getCompressed_page_size()));
        }
        return largest;
    }
}
