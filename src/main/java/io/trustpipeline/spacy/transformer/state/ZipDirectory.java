package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The entries of a zip archive in memory that stores them uncompressed, as {@code torch.save} does. The JDK's stream
 * reader refuses stored entries with data descriptors, and its file reader needs a file.
 *
 * <p>Format: PKWARE's APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. Archives over 4 GiB (zip64) do not occur in a
 * mapped buffer.
 */
final class ZipDirectory {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int MAX_COMMENT = 0xffff;
    private static final int CENTRAL_SIGNATURE = 0x02014b50;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIGNATURE = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final int ENCRYPTED = 1;

    private final ByteBuffer bytes;
    private final String source;

    private ZipDirectory(ByteBuffer archive, String source) {
        this.bytes = archive.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.source = source;
    }

    /** A stored entry: its bytes, and the checksum that the archive states for them. */
    record Entry(ByteBuffer bytes, int crc) {}

    /** The entries by name. Folders are left out. */
    static Map<String, Entry> read(ByteBuffer archive, String source) {
        return new ZipDirectory(archive, source).entries();
    }

    private Map<String, Entry> entries() {
        int end = end();
        int count = uint16(end + 10);
        long at = uint32(end + 16);
        Map<String, Entry> entries = new HashMap<>();
        for (int entry = 0; entry < count; entry++) {
            int header = require(at, CENTRAL_SIZE, CENTRAL_SIGNATURE);
            int nameLength = uint16(header + 28);
            require(at, CENTRAL_SIZE + nameLength, CENTRAL_SIGNATURE);
            String name = StandardCharsets.UTF_8
                    .decode(bytes.slice(header + CENTRAL_SIZE, nameLength))
                    .toString();
            if (!name.endsWith("/") && entries.put(name, entry(header, name)) != null) {
                throw corrupt("its archive has two entries '" + name + "'");
            }
            at += CENTRAL_SIZE + nameLength + uint16(header + 30) + uint16(header + 32);
        }
        return entries;
    }

    private Entry entry(int header, String name) {
        int flags = uint16(header + 8);
        int method = uint16(header + 10);
        long size = uint32(header + 24);
        if (method != 0 || (flags & ENCRYPTED) != 0 || uint32(header + 20) != size) {
            throw ModelException.unsupported(
                    source,
                    "archive entry '" + name + "' is compressed or encrypted; PyTorch stores entries as they are");
        }
        long offset = uint32(header + 42);
        int local = require(offset, LOCAL_SIZE, LOCAL_SIGNATURE);
        // The local extra field pads the data to 64 bytes; the central directory does not mention it.
        long data = offset + LOCAL_SIZE + uint16(local + 26) + uint16(local + 28);
        if (data + size > bytes.limit()) {
            throw corrupt("archive entry '" + name + "' of " + size + " bytes reaches beyond the archive");
        }
        return new Entry(bytes.slice((int) data, (int) size), bytes.getInt(header + 16));
    }

    private int end() {
        int last = bytes.limit() - END_SIZE;
        for (int at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
            if (bytes.getInt(at) == END_SIGNATURE) {
                return at;
            }
        }
        throw corrupt("its tensors are no zip archive (truncated, or saved by PyTorch before 1.6)");
    }

    private int require(long at, int size, int signature) {
        if (at + size > bytes.limit() || bytes.getInt((int) at) != signature) {
            throw corrupt("its archive is damaged: no header at byte " + at);
        }
        return (int) at;
    }

    private int uint16(int at) {
        return Short.toUnsignedInt(bytes.getShort(at));
    }

    private long uint32(int at) {
        return Integer.toUnsignedLong(bytes.getInt(at));
    }

    private ModelException corrupt(String what) {
        return ModelException.corrupt(source, what);
    }
}
