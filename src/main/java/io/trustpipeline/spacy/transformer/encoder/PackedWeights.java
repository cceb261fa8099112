package io.trustpipeline.spacy.transformer.encoder;

import io.trustpipeline.spacy.ModelException;
import io.trustpipeline.spacy.transformer.state.StateDict;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of packed weights, memory-mapped: a page of header, then the sections, each beginning at 64 bytes, in little
 * endian float32. The header says what the weights were made from and how, and the checksum of all sections.
 */
final class PackedWeights {

    private static final int HEADER = 4096;
    private static final int CHECKSUM = HEADER - Long.BYTES;
    private static final int ALIGNMENT = 64;

    private final Map<Section, FloatBuffer> sections;

    private PackedWeights(Map<Section, FloatBuffer> sections) {
        this.sections = sections;
    }

    /** The floats of a section, in mapped memory. */
    FloatBuffer floats(Section section) {
        FloatBuffer floats = sections.get(section);
        if (floats == null) {
            throw new IllegalArgumentException("no section " + section);
        }
        return floats;
    }

    /** A copy of a section that is small. */
    float[] array(Section section) {
        float[] array = new float[section.size()];
        floats(section).get(0, array);
        return array;
    }

    /**
     * Packs weights into a file.
     *
     * @param identity what the weights are made from and how, in one line
     */
    static void write(Path file, String identity, List<Section> sections, StateDict state) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.position(HEADER);
            CRC32C checksum = new CRC32C();
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
            for (Section section : sections) {
                section.pack(state, (floats, count) -> append(channel, buffer, checksum, floats, count));
                append(channel, buffer, checksum, new float[ALIGNMENT], padding(section) / Float.BYTES);
            }
            ByteBuffer header = header(identity);
            header.putLong(CHECKSUM, checksum.getValue());
            channel.write(header, 0);
            channel.force(true);
        }
    }

    private static void append(FileChannel channel, ByteBuffer buffer, CRC32C checksum, float[] floats, int count)
            throws IOException {
        int most = buffer.capacity() / Float.BYTES;
        for (int at = 0; at < count; at += most) {
            int part = Math.min(most, count - at);
            buffer.clear().limit(part * Float.BYTES);
            buffer.asFloatBuffer().put(floats, at, part);
            checksum.update(buffer.duplicate());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static int padding(Section section) {
        return (int) (-(long) section.size() * Float.BYTES & ALIGNMENT - 1);
    }

    private static ByteBuffer header(String identity) {
        byte[] bytes = identity.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > CHECKSUM) {
            throw new IllegalArgumentException("identity of " + bytes.length + " bytes");
        }
        return ByteBuffer.allocate(HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(bytes)
                .rewind();
    }

    /**
     * Maps a file, if it is whole and was made from the same weights in the same way.
     *
     * @throws ModelException when it cannot be read
     */
    static Optional<PackedWeights> map(Path file, String identity, List<Section> sections) {
        long size = HEADER;
        for (Section section : sections) {
            size += (long) section.size() * Float.BYTES + padding(section);
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(header, 0);
            if (channel.size() != size
                    || !header.slice(0, CHECKSUM).equals(header(identity).slice(0, CHECKSUM))) {
                return Optional.empty();
            }
            Map<Section, FloatBuffer> mapped = new HashMap<>();
            CRC32C checksum = new CRC32C();
            long at = HEADER;
            for (Section section : sections) {
                long bytes = (long) section.size() * Float.BYTES;
                ByteBuffer memory = channel.map(MapMode.READ_ONLY, at, bytes + padding(section));
                checksum.update(memory.duplicate());
                mapped.put(section, memory.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
                at += bytes + padding(section);
            }
            return checksum.getValue() == header.getLong(CHECKSUM)
                    ? Optional.of(new PackedWeights(mapped))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw ModelException.corrupt(file.toString(), "cannot be read", unreadable);
        }
    }
}
