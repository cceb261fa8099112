package io.trustpipeline.spacy.transformer.state;

import io.trustpipeline.spacy.ModelException;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A thinc model file, memory-mapped. Most of such a file is one shim, the bytes of a wrapped PyTorch model: they are
 * left where they are, and the network around them is offered apart. Immutable.
 */
public final class ShimFile {

    /** A network without its shims is small: a span categorizer of the widest encoders takes some 20 MB. */
    private static final int MAX_NETWORK = 256 << 20;

    private final String source;
    private final byte[] network;
    private final @Nullable FileSlice shim;

    private ShimFile(String source, byte[] network, @Nullable FileSlice shim) {
        this.source = source;
        this.network = network;
        this.shim = shim;
    }

    /**
     * Maps a file.
     *
     * @throws ModelException when it is missing, larger than 2 GiB, not a thinc model, or has more than one shim
     */
    public static ShimFile open(Path file) {
        return parse(FileSlice.map(file), file.toString());
    }

    static ShimFile parse(FileSlice file, String source) {
        MsgpackSlices in = new MsgpackSlices(file.bytes(), source);
        int entries = in.mapSize();
        ByteArrayOutputStream network = new ByteArrayOutputStream();
        FileSlice shim = null;
        int kept = 0;
        for (int entry = 0; entry < entries; entry++) {
            String name = in.name();
            if (name.equals("shims")) {
                shim = onlyShim(in, file, source);
            } else if (name.length() < 32 && kept < 15) {
                kept++;
                append(network, in.value(), name, source);
            } else {
                throw ModelException.corrupt(source, "is not a thinc model");
            }
        }
        in.expectEnd();
        byte[] fields = network.toByteArray();
        byte[] map = new byte[fields.length + 1];
        map[0] = (byte) (0x80 | kept);
        System.arraycopy(fields, 0, map, 1, fields.length);
        return new ShimFile(source, map, shim);
    }

    private static @Nullable FileSlice onlyShim(MsgpackSlices in, FileSlice file, String source) {
        FileSlice only = null;
        int nodes = in.arraySize();
        for (int node = 0; node < nodes; node++) {
            int shims = in.arraySize();
            if (shims > 1 || shims == 1 && only != null) {
                throw ModelException.unsupported(source, "holds more than one wrapped model");
            }
            if (shims == 1) {
                only = file.endingAt(in.binary(), in.position());
            }
        }
        return only;
    }

    private static void append(ByteArrayOutputStream network, ByteBuffer value, String name, String source) {
        if (value.remaining() > MAX_NETWORK - network.size()) {
            throw ModelException.unsupported(
                    source, "its network takes more than " + (MAX_NETWORK >> 20) + " MiB without the wrapped model");
        }
        network.write(0xa0 | name.length());
        network.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        network.writeBytes(bytes);
    }

    /** The file, for errors. */
    public String source() {
        return source;
    }

    /**
     * The file's msgpack without its shims, for {@code ThincModel}: the {@code nodes}, {@code attrs} and {@code params}
     * of the network. A copy.
     */
    public byte[] network() {
        return network.clone();
    }

    /** Whether the file has a shim, that is, whether the network wraps a PyTorch model. */
    public boolean hasShim() {
        return shim != null;
    }

    /**
     * The bytes of the shim, not copied.
     *
     * @throws ModelException when there is none
     */
    public ByteBuffer shim() {
        return slice().bytes();
    }

    FileSlice slice() {
        if (shim == null) {
            throw ModelException.corrupt(source, "no layer wraps a PyTorch model");
        }
        return shim;
    }
}
