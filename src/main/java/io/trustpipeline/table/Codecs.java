package io.trustpipeline.table;

import com.github.luben.zstd.Zstd;
import io.airlift.compress.lz4.Lz4Decompressor;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks pages of every codec in use and packs them with Zstandard, straight through the libraries. Parquet's own
 * factory goes through Hadoop's configuration, which drags in a third of Hadoop.
 */
final class Codecs implements CompressionCodecFactory {
    private static final int ZSTD_LEVEL = 3;

    private interface Unpack {
        /** Fills all of {@code page}. */
        void unpack(byte[] packed, byte[] page) throws IOException;
    }

    private record Decompressor(Unpack codec) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            byte[] page = new byte[size];
            codec.unpack(bytes(packed), page);
            return BytesInput.from(page);
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer page, int size) throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            page.put(bytes(decompress(BytesInput.from(bytes), size)));
        }

        @Override
        public void release() {}
    }

    private static final class ZstdCompressor implements BytesInputCompressor {
        @Override
        public BytesInput compress(BytesInput page) throws IOException {
            return BytesInput.from(Zstd.compress(bytes(page), ZSTD_LEVEL));
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {}
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new Decompressor(
                switch (codec) {
                    case UNCOMPRESSED -> Codecs::copy;
                    case SNAPPY -> Codecs::snappy;
                    case GZIP -> Codecs::gzip;
                    case ZSTD -> Codecs::zstd;
                    case LZ4_RAW -> Codecs::lz4;
                    case LZO, BROTLI, LZ4 ->
                        throw new UnsupportedOperationException("compressed with " + codec
                                + "; uncompressed, SNAPPY, GZIP, ZSTD and LZ4_RAW can be read");
                });
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new UnsupportedOperationException("only ZSTD is written, not " + codec);
        }
        return new ZstdCompressor();
    }

    @Override
    public void release() {}

    private static byte[] bytes(BytesInput input) throws IOException {
        return input.toInputStream().readNBytes(Math.toIntExact(input.size()));
    }

    private static void copy(byte[] packed, byte[] page) throws IOException {
        checkSize(packed.length, page);
        System.arraycopy(packed, 0, page, 0, page.length);
    }

    private static void snappy(byte[] packed, byte[] page) throws IOException {
        checkSize(Snappy.uncompressedLength(packed), page);
        Snappy.uncompress(packed, 0, packed.length, page, 0);
    }

    private static void gzip(byte[] packed, byte[] page) throws IOException {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            checkSize(stream.readNBytes(page, 0, page.length), page);
        }
    }

    private static void zstd(byte[] packed, byte[] page) throws IOException {
        checkSize(Zstd.decompress(page, packed), page);
    }

    private static void lz4(byte[] packed, byte[] page) throws IOException {
        checkSize(new Lz4Decompressor().decompress(packed, 0, packed.length, page, 0, page.length), page);
    }

    private static void checkSize(long size, byte[] page) throws EOFException {
        if (size != page.length) {
            throw new EOFException("a page unpacks to " + size + " bytes where " + page.length + " are promised");
        }
    }
}
