package io.trustpipeline.table;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** A text file in UTF-8, unpacked when its name ends in {@code .gz}, without the byte order mark some editors write. */
final class TextFile {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private TextFile() {}

    static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            boolean packed = file.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
            BufferedInputStream text = new BufferedInputStream(packed ? new GZIPInputStream(bytes) : bytes);
            text.mark(BYTE_ORDER_MARK.length);
            if (!Arrays.equals(text.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
                text.reset();
            }
            return text;
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    /** The same as characters; bytes that are not UTF-8 are an error, not a replacement character. */
    static Reader reader(Path file) throws IOException {
        return new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder());
    }
}
