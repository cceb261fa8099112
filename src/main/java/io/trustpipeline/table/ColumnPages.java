package io.trustpipeline.table;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DataPageHeaderV2;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.Objects;
import java.util.zip.CRC32;

/**
 * The pages of one column in one row group, fetched from the file when they are asked for. Parquet's own reader fetches
 * a whole row group at once, and a row group may be larger than the heap; this one holds a page at a time.
 */
final class ColumnPages implements PageReader {
    /** No writer we know makes pages over 100 MB; a larger one is a damaged header or an attack. */
    private static final int MAX_PAGE_BYTES = 256 << 20;

    private final InputStream in;
    private final long fileBytes;
    private final BytesInputDecompressor decompressor;
    private final long valueCount;
    private long valuesRead;
    private @Nullable PageHeader pending;

    ColumnPages(FileChannel file, ColumnChunkMetaData chunk, BytesInputDecompressor decompressor) throws IOException {
        this.in = new BufferedInputStream(new ChannelInputStream(file, chunk.getStartingPos()));
        this.fileBytes = file.size();
        this.decompressor = decompressor;
        this.valueCount = chunk.getValueCount();
    }

    @Override
    public long getTotalValueCount() {
        return valueCount;
    }

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
        if (valueCount == 0) {
            return null;
        }
        try {
            PageHeader header = nextHeader();
            if (header.getType() != PageType.DICTIONARY_PAGE) {
                pending = header;
                return null;
            }
            return new DictionaryPage(
                    unpack(header),
                    header.getDictionary_page_header().getNum_values(),
                    encoding(header.getDictionary_page_header().getEncoding()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public @Nullable DataPage readPage() {
        try {
            while (valuesRead < valueCount) {
                PageHeader header = nextHeader();
                switch (header.getType()) {
                    case DATA_PAGE -> {
                        return count(dataPage(header, header.getData_page_header()));
                    }
                    case DATA_PAGE_V2 -> {
                        return count(dataPage(header, header.getData_page_header_v2()));
                    }
                    case INDEX_PAGE -> in.skipNBytes(header.getCompressed_page_size());
                    case DICTIONARY_PAGE -> throw new ParquetDecodingException("a second dictionary page");
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private DataPage count(DataPage page) {
        if (page.getValueCount() < 0) {
            throw new ParquetDecodingException("a page of " + page.getValueCount() + " values");
        }
        valuesRead += page.getValueCount();
        return page;
    }

    private DataPage dataPage(PageHeader header, DataPageHeader v1) throws IOException {
        return new DataPageV1(
                unpack(header),
                v1.getNum_values(),
                header.getUncompressed_page_size(),
                null,
                encoding(v1.getRepetition_level_encoding()),
                encoding(v1.getDefinition_level_encoding()),
                encoding(v1.getEncoding()));
    }

    private DataPage dataPage(PageHeader header, DataPageHeaderV2 v2) throws IOException {
        int repetitionBytes = v2.getRepetition_levels_byte_length();
        int definitionBytes = v2.getDefinition_levels_byte_length();
        int levels = Math.addExact(repetitionBytes, definitionBytes);
        byte[] page = read(header);
        Objects.checkFromIndexSize(repetitionBytes, definitionBytes, page.length);
        BytesInput data = BytesInput.from(page, levels, page.length - levels);
        if (v2.isIs_compressed()) {
            data = decompressor.decompress(data, header.getUncompressed_page_size() - levels);
        }
        return DataPageV2.uncompressed(
                v2.getNum_rows(),
                v2.getNum_nulls(),
                v2.getNum_values(),
                BytesInput.from(page, 0, repetitionBytes),
                BytesInput.from(page, repetitionBytes, definitionBytes),
                encoding(v2.getEncoding()),
                data,
                null);
    }

    private PageHeader nextHeader() throws IOException {
        PageHeader header = pending;
        if (header != null) {
            pending = null;
            return header;
        }
        header = Util.readPageHeader(in);
        int bytes = Math.max(header.getUncompressed_page_size(), header.getCompressed_page_size());
        if (bytes > MAX_PAGE_BYTES) {
            throw new ParquetDecodingException(
                    "a page of " + bytes + " bytes; at most " + MAX_PAGE_BYTES + " can be read");
        }
        return header;
    }

    private BytesInput unpack(PageHeader header) throws IOException {
        return decompressor.decompress(BytesInput.from(read(header)), header.getUncompressed_page_size());
    }

    private byte[] read(PageHeader header) throws IOException {
        int length = header.getCompressed_page_size();
        if (length < 0 || length > fileBytes) {
            throw new EOFException("a page of " + length + " bytes in a file of " + fileBytes);
        }
        byte[] bytes = new byte[length];
        if (in.readNBytes(bytes, 0, length) < length) {
            throw new EOFException("the file ends inside a page");
        }
        if (header.isSetCrc() && header.getCrc() != checksum(bytes)) {
            throw new ParquetDecodingException("a page does not match its checksum");
        }
        return bytes;
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static Encoding encoding(org.apache.parquet.format.Encoding encoding) {
        return Encoding.valueOf(encoding.name());
    }
}
