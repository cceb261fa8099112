package io.trustpipeline.table;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/**
 * Puts a Parquet footer's lists of encodings in order, and adds what is known only once all rows are written. Parquet's
 * writer keeps the encodings in hash sets of enums, whose order changes from one JVM to the next: the same rows would get
 * another digest after a restart.
 */
final class FooterOrder {
    /** Footer length and "PAR1". */
    private static final int TAIL_BYTES = 8;

    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    private FooterOrder() {}

    /** @param more key-value metadata to add, in this order */
    static void settle(Path file, Map<String, String> more) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            long end = bytes.length() - TAIL_BYTES;
            bytes.seek(end);
            byte[] footer = new byte[Integer.reverseBytes(bytes.readInt())];
            long start = end - footer.length;
            bytes.seek(start);
            bytes.readFully(footer);
            byte[] settled = settled(footer, more);
            bytes.seek(start);
            bytes.write(settled);
            bytes.writeInt(Integer.reverseBytes(settled.length));
            bytes.write(MAGIC);
            bytes.setLength(bytes.getFilePointer());
        }
    }

    private static byte[] settled(byte[] footer, Map<String, String> more) throws IOException {
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        for (RowGroup group : metadata.getRow_groups()) {
            for (ColumnChunk column : group.getColumns()) {
                Collections.<Encoding>sort(column.getMeta_data().getEncodings());
            }
        }
        more.forEach((key, value) -> metadata.addToKey_value_metadata(new KeyValue(key).setValue(value)));
        ByteArrayOutputStream out = new ByteArrayOutputStream(footer.length);
        Util.writeFileMetaData(metadata, out);
        return out.toByteArray();
    }
}
