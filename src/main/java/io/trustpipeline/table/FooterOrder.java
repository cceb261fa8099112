package io.trustpipeline.table;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Collections;

/**
 * Puts a Parquet footer's lists of encodings in order. Parquet's writer keeps them in hash sets of enums, whose order
 * changes from one JVM to the next: the same rows would get another digest after a restart. An ordered list has the same
 * length, so the footer is replaced where it stands.
 */
final class FooterOrder {
    /** Footer length and "PAR1". */
    private static final int TAIL_BYTES = 8;

    private FooterOrder() {}

    static void settle(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length() - TAIL_BYTES;
            bytes.seek(end);
            byte[] footer = new byte[Integer.reverseBytes(bytes.readInt())];
            long start = end - footer.length;
            bytes.seek(start);
            bytes.readFully(footer);
            byte[] ordered = ordered(footer);
            if (ordered.length != footer.length) {
                throw new IOException(
                        "its footer of " + footer.length + " bytes would become one of " + ordered.length);
            }
            bytes.seek(start);
            bytes.write(ordered);
        }
    }

    private static byte[] ordered(byte[] footer) throws IOException {
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        for (RowGroup group : metadata.getRow_groups()) {
            for (ColumnChunk column : group.getColumns()) {
                Collections.<Encoding>sort(column.getMeta_data().getEncodings());
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(footer.length);
        Util.writeFileMetaData(metadata, out);
        return out.toByteArray();
    }
}
